import { onInterrupt } from "./onInterrupt.ts";
import { onOrphaned } from "./onOrphaned.ts";

/**
 * Runs a host as a program: an interrupt aborts its signal, so that it can leave in order; a later one leaves at once.
 * What it rejects with is said in its own words, and the exit status is 1.
 */
export async function runUntilStopped(
  run: (say: (line: string) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const endListening = onInterrupt(
    () => ending.abort(),
    () => process.exit(1),
  );
  const endWatching = onOrphaned(() => ending.abort());
  // A terminal that was closed takes no lines any more; the host still ends in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    await run((line) => void process.stdout.write(`${line}\n`), ending.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    endListening();
    endWatching();
  }
}
