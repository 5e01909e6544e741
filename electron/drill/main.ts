import { runStamp } from "./stampMain.ts";

const stopping = new AbortController();
const stop = (): void => stopping.abort();
// Kept for good: one Ctrl-C can arrive twice, since npm passes on what the terminal has sent to all.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
// A reader that has seen enough (`| head -1`), or a terminal that was closed, is no trouble of the stamp's.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

// npm, when it is killed, leaves what its shell had started: nobody would stop this any more.
const starter = process.ppid;
if (process.env["npm_lifecycle_event"] !== undefined)
  setInterval(() => (process.ppid === starter ? undefined : stop()), 500).unref();

process.exitCode = await runStamp(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  signal: stopping.signal,
});
