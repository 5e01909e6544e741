import { runUntilStopped } from "../runUntilStopped.ts";
import { wantsHelp } from "../wantsHelp.ts";
import { runServe } from "./runServe.ts";
import { readServeOptions, serveUsage } from "./serveOptions.ts";

const words = process.argv.slice(2);
await runUntilStopped(async (say, signal) =>
  wantsHelp(words)
    ? serveUsage.forEach((line) => say(line))
    : await runServe(readServeOptions(words), say, signal),
);
