import type { Clock } from "./ports.ts";

/**
 * Does work that must end within `milliseconds`: after that its signal is aborted and the promise rejects with `late()`,
 * whether or not the work heeds its signal. An aborted outer signal reaches the work as it is.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  late: () => Error,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const settled = new AbortController();
  const tooLate = clock.sleep(milliseconds, settled.signal).then(
    () => {
      const error = late();
      limit.abort(error);
      throw error;
    },
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work(AbortSignal.any([signal, limit.signal])), tooLate]);
  } finally {
    settled.abort();
  }
}
