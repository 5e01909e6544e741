/**
 * Runs a host as a program: SIGINT and SIGTERM abort its signal, so that it can leave in order; a second one leaves at
 * once. What it rejects with is said in its own words, and the exit status is 1.
 */
export async function runUntilStopped(
  run: (say: (line: string) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const stop = (): void => {
    if (ending.signal.aborted) process.exit(1);
    ending.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    await run((line) => void process.stdout.write(`${line}\n`), ending.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
