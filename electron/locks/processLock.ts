import { setTimeout } from "node:timers/promises";
import { takeLockFile } from "./lockFile.ts";

/** How long to wait for the others, in milliseconds. What is done under a lock takes milliseconds. */
const patience = 10_000;

/** Another process kept the lock for longer than anybody waits. The message says who, and what can be done. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/**
 * Does `act` while no other process does something under the same lock file. Waits for the others at most `wait`
 * milliseconds, then rejects with LockedError. The folder of the file must be there. It cannot be taken twice in one.
 */
export async function underLock<T>(path: string, act: () => Promise<T>, wait = patience): Promise<T> {
  const release = await taken(path, performance.now() + wait);
  try {
    return await act();
  } finally {
    release();
  }
}

/** The same for what must be done without giving way: this thread stands still while it waits. */
export function underLockNow<T>(path: string, act: () => T, wait = patience): T {
  const release = takenNow(path, performance.now() + wait);
  try {
    return act();
  } finally {
    release();
  }
}

async function taken(path: string, until: number): Promise<() => void> {
  for (;;) {
    const attempt = takeLockFile(path);
    if (attempt.state === "taken") return attempt.release;
    if (performance.now() > until) throw locked(path, attempt.heldBy);
    await setTimeout(pause());
  }
}

function takenNow(path: string, until: number): () => void {
  for (;;) {
    const attempt = takeLockFile(path);
    if (attempt.state === "taken") return attempt.release;
    if (performance.now() > until) throw locked(path, attempt.heldBy);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause());
  }
}

/** Different for each, so that two who wait do not keep meeting. */
const pause = (): number => 1 + Math.random() * 10;

function locked(path: string, heldBy: number | null): LockedError {
  const holder = heldBy === null ? "another process" : `process ${heldBy}`;
  return new LockedError(
    `${path} is held by ${holder}. If no console of this data folder is running, delete that file and try again.`,
  );
}
