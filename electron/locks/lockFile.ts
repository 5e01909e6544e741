import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, lstatSync, openSync, unlinkSync, utimesSync, writeSync } from "node:fs";
import { codeOf, textAt } from "./lockPlace.ts";
import { lifeText, ourLife } from "./processLife.ts";

/** A lock that was ours has been taken away: whoever thinks that he holds it must change nothing. */
export class LostLockError extends Error {
  override readonly name = "LostLockError";
}

export type LockFile = {
  /** Throws LostLockError unless the lock is still ours; to be asked right before anything is changed. */
  readonly check: () => void;
  /** Shows the others that the holder goes on. */
  readonly renew: () => void;
  /** Never throws: a lock that cannot be removed expires. */
  readonly release: () => void;
};

/** Tries once to make the file that only one process can make, signed with its life; null when something is there already. */
export function makeLockFile(path: string): LockFile | null {
  const mark = newMark();
  if (!makeFile(path, mark)) return null;
  // Removed by hand, or held for dead while we stood still: then it is another's, and is left alone.
  const isOurs = (): boolean => textAt(path) === mark;
  return {
    check: () => {
      if (!isOurs()) throw new LostLockError(`${path} is no longer ours: another process has taken it over.`);
    },
    renew: () => quietly(() => isOurs() && utimesSync(path, new Date(), new Date())),
    release: () => quietly(() => isOurs() && unlinkSync(path)),
  };
}

/** False when something is there already. A file that cannot be written to its end is removed by us, its maker. */
export function makeFile(path: string, text: string): boolean {
  const file = openNew(path);
  if (file === null) return false;
  try {
    if (writeSync(file, text) !== Buffer.byteLength(text)) throw new Error(`${path} was written in part`);
    return true;
  } catch (error) {
    if (fstatSync(file).ino === lstatSync(path, { throwIfNoEntry: false })?.ino) unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Windows says that a file is there in other words while it is being deleted. */
function openNew(path: string): number | null {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const code = codeOf(error);
    const deleting = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
    if (code === "EEXIST" || deleting) return null;
    throw error;
  }
}

const newMark = (): string => `${lifeText(ourLife)} ${randomUUID()}\n`;

function quietly(act: () => unknown): void {
  try {
    act();
  } catch {
    // The others hold a lock that is neither renewed nor removed for dead soon enough.
  }
}
