import { createLatest } from "./latest.ts";

/** Rings when something changed; says of which target, or null where it may be any. */
export type Bell = {
  ring(targetId: string | null): void;
  listen(listener: (targetId: string | null) => void): () => void;
};

/** A list of listeners and no more. */
export function createBell(): Bell {
  const listeners = new Set<(targetId: string | null) => void>();
  return {
    ring: (targetId) => {
      for (const listener of listeners) listener(targetId);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A snapshot at once and after every ring, of one target's alone where one is named, until the caller leaves. */
export async function* snapshots<T>(
  bell: Bell,
  snapshot: () => T,
  signal: AbortSignal,
  targetId: string | null = null,
): AsyncGenerator<T, void, undefined> {
  const latest = createLatest<T>(snapshot());
  const leave = bell.listen((about) => {
    if (targetId === null || about === null || about === targetId) latest.put(snapshot());
  });
  try {
    yield* latest.follow(signal);
  } finally {
    leave();
  }
}
