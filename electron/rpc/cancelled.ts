import { ConsoleError } from "#contract";

/** What a caller who left gets; the cause is the reason of the signal. */
export function cancelled(signal: AbortSignal | undefined): ConsoleError {
  return new ConsoleError("cancelled", "The call was left before its end.", { cause: signal?.reason });
}
