import type { Clock } from "../../services/ports.ts";

/** A signal that is aborted with `reason` after that many milliseconds, unless it is disposed before. */
export function deadlineIn(
  clock: Clock,
  milliseconds: number,
  reason: Error,
): Disposable & { readonly signal: AbortSignal } {
  const over = new AbortController();
  const cancelled = new AbortController();
  clock.sleep(milliseconds, cancelled.signal).then(
    () => over.abort(reason),
    () => undefined,
  );
  return { signal: over.signal, [Symbol.dispose]: () => cancelled.abort() };
}
