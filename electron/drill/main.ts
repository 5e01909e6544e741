import { runStamp } from "./stampMain.ts";

const stopping = new AbortController();
const stop = (): void => stopping.abort();
process.once("SIGINT", stop);
process.once("SIGTERM", stop);

process.exitCode = await runStamp(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  signal: stopping.signal,
});
