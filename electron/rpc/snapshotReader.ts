import type { ConsoleError } from "#contract";
import { cancelled } from "./cancelled.ts";
import type { Waiting } from "./conversation.ts";

type Result = IteratorResult<unknown, undefined>;
type Ending = { readonly error: ConsoleError | null };

/**
 * Reads a stream of snapshots. A slow reader gets only the newest; the last one is always seen, before the end or
 * the failure that follows it. Leaving (return, or the aborted signal) cancels the call.
 */
export function createSnapshotReader(
  open: (waiting: Waiting) => () => void,
  parse: (value: unknown) => unknown,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<unknown> {
  let leave: (() => void) | null = null;
  let newest: { readonly value: unknown } | null = null;
  let ending: Ending | null = null;
  let wanting: { resolve(result: Result): void; reject(error: unknown): void }[] = [];

  const settle = (): void => {
    while (wanting.length > 0 && (newest !== null || ending !== null)) {
      const reader = wanting.shift();
      try {
        reader?.resolve(take());
      } catch (error) {
        reader?.reject(error);
      }
    }
  };
  const take = (): Result => {
    if (newest !== null) {
      const { value } = newest;
      newest = null;
      return { done: false, value: parsed(value) };
    }
    const error = ending?.error ?? null;
    ending = { error: null };
    if (error !== null) throw error;
    return { done: true, value: undefined };
  };
  const parsed = (value: unknown): unknown => {
    try {
      return parse(value);
    } catch (error) {
      stop({ error: null });
      throw error;
    }
  };
  const finish = (end: Ending): void => {
    if (ending !== null) return;
    ending = end;
    signal?.removeEventListener("abort", onAbort);
    settle();
  };
  const stop = (end: Ending): void => {
    newest = null;
    leave?.();
    finish(end);
  };
  const onAbort = (): void => stop({ error: cancelled(signal) });
  const start = (): void => {
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    leave = open({
      item: (value) => {
        newest = { value };
        settle();
      },
      done: () => finish({ error: null }),
      fail: (error) => finish({ error }),
    });
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => {
      if (leave === null && ending === null) start();
      return new Promise((resolve, reject) => {
        wanting.push({ resolve, reject });
        settle();
      });
    },
    return: () => {
      stop({ error: null });
      ending = { error: null };
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
