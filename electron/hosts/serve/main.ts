import { runUntilStopped } from "../runUntilStopped.ts";
import { runServe } from "./runServe.ts";
import { readServeOptions } from "./serveOptions.ts";

await runUntilStopped((say, signal) => runServe(readServeOptions(process.argv.slice(2)), say, signal));
