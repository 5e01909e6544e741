import { setTimeout } from "node:timers/promises";
import { type LockFile, LostLockError, makeLockFile } from "./lockFile.ts";
import { LockedError, LockWatch } from "./lockWatch.ts";

export { LockedError } from "./lockWatch.ts";

/** How long to wait for the others, in milliseconds: longer than any lock lasts whose holder has gone (lockWatch.ts). */
const patience = 5_000;
/** How often a holder shows that he goes on, in milliseconds. */
const renewal = 250;

/** To be called right before anything is changed: throws where the lock has been taken away meanwhile. */
export type Check = () => void;

/**
 * Does `act` while no other process does something under the same lock file. Waits for the others at most `wait`
 * milliseconds, then rejects with LockedError; with the signal's reason as soon as it is aborted while it waits. The
 * folder of the file must be there. It cannot be taken twice in one. An act that finds by its `check` that it stood still
 * for so long that its lock was held for dead is begun again, so it changes nothing before.
 */
export async function underLock<T>(
  path: string,
  act: (check: Check) => Promise<T>,
  wait = patience,
  signal?: AbortSignal,
): Promise<T> {
  const until = performance.now() + wait;
  for (;;) {
    const lock = await taken(path, until, signal);
    const renewing = setInterval(lock.renew, renewal);
    try {
      return await act(lock.check);
    } catch (error) {
      throwUnlessLost(error, until);
    } finally {
      clearInterval(renewing);
      lock.release();
    }
  }
}

/** The same for what must be done without giving way: this thread stands still while it waits. */
export function underLockNow<T>(path: string, act: (check: Check) => T, wait = patience): T {
  const until = performance.now() + wait;
  for (;;) {
    const lock = takenNow(path, until);
    try {
      return act(lock.check);
    } catch (error) {
      throwUnlessLost(error, until);
    } finally {
      lock.release();
    }
  }
}

async function taken(path: string, until: number, signal?: AbortSignal): Promise<LockFile> {
  const watch = new LockWatch(path);
  for (;;) {
    signal?.throwIfAborted();
    const lock = makeLockFile(path);
    if (lock !== null) return lock;
    lookOn(watch, until);
    await setTimeout(pause());
  }
}

function takenNow(path: string, until: number): LockFile {
  const watch = new LockWatch(path);
  for (;;) {
    const lock = makeLockFile(path);
    if (lock !== null) return lock;
    lookOn(watch, until);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause());
  }
}

function lookOn(watch: LockWatch, until: number): void {
  watch.look();
  if (performance.now() > until) throw new LockedError(watch.words());
}

/** Different for each, so that two who wait do not keep meeting. */
const pause = (): number => 1 + Math.random() * 10;

function throwUnlessLost(error: unknown, until: number): void {
  if (!(error instanceof LostLockError)) throw error;
  if (performance.now() > until) throw new LockedError(error.message, { cause: error });
}
