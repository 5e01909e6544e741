import { runStamp } from "./stampMain.ts";

const stopping = new AbortController();
const stop = (): void => stopping.abort();
// Kept for good: one Ctrl-C can arrive twice, since npm passes on what the terminal has sent to all.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);

process.exitCode = await runStamp(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  signal: stopping.signal,
});
