import { createLatest } from "./latest.ts";

/** Rings when something changed; says nothing about what. */
export type Bell = { ring(): void; listen(listener: () => void): () => void };

/** A list of listeners and no more. */
export function createBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A snapshot at once and after every ring, until the caller leaves. */
export async function* snapshots<T>(
  bell: Bell,
  snapshot: () => T,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const latest = createLatest<T>(snapshot());
  const leave = bell.listen(() => latest.put(snapshot()));
  try {
    yield* latest.follow(signal);
  } finally {
    leave();
  }
}
