import { z } from "zod";

// A strict CSP forbids `new Function`, which zod would probe: said before the first parse.
z.config({ jitless: true });

// Loaded after that line on purpose: imports run before the body of a module.
void import("./start.tsx").then(({ start }) => start());
