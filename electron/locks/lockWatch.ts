import { rmdirSync, unlinkSync } from "node:fs";
import { makeFile } from "./lockFile.ts";
import { codeOf, type Found, lookAt } from "./lockPlace.ts";
import { stateOf } from "./processLife.ts";

/*
 * What is done under a lock takes milliseconds, and who does it shows every quarter of a second that he goes on. So what
 * lies unchanged for longer than these is nobody's any more, whatever any clock says: it is our own waiting that is
 * measured. One who stood still for so long finds out before he writes (LockFile.check).
 */
const signedLasts = 2_000;
/** A file without a signature is one of the few microseconds between its making and its writing, or a left-over. */
const unsignedLasts = 500;
/** We may have stood still ourselves: more than this between two looks is not counted. Milliseconds. */
const longestGap = 500;

/** Something is in the way that can only be removed by hand; the message says what and where. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/** Looks at what keeps us from a lock, again and again while we wait, and removes what nobody else will. */
export class LockWatch {
  readonly #path: string;
  /** Who made this file removes; he looks once more before, so that nobody removes a lock that has just been taken. */
  readonly #right: string;
  readonly #lockStill = new Stillness();
  readonly #rightStill = new Stillness();
  #found: Found = { kind: "nothing" };

  constructor(path: string) {
    this.#path = path;
    this.#right = `${path}.breaking`;
  }

  /** Throws LockedError when there is something that cannot be removed. */
  look(): void {
    this.#found = lookAt(this.#path);
    const right = lookAt(this.#right);
    const rightIsLeft = this.#rightStill.isOver(right, unsignedLasts);
    if (!this.#lockStill.isOver(this.#found, lifetimeOf(this.#found))) return;
    if (rightIsLeft) remove(this.#right, right);
    this.#removeLock(this.#found);
  }

  /** Why the lock is not to be had, and what can be done. */
  words(): string {
    const life = this.#found.kind === "lock" ? this.#found.life : null;
    const holder = life === null ? "another process" : `process ${life.pid}`;
    return `${this.#path} is held by ${holder}. If no console of this data folder is running, delete that file and try again.`;
  }

  #removeLock(dead: Found): void {
    if (!makeFile(this.#right, "")) return;
    try {
      if (versionOf(lookAt(this.#path)) === versionOf(dead)) remove(this.#path, dead);
    } finally {
      remove(this.#right, { kind: "lock", version: "", life: null });
    }
  }
}

/** Tells for how long the same has been lying there before our eyes. */
class Stillness {
  #version: string | null = null;
  #still = 0;
  #lookedAt = 0;

  isOver(found: Found, lifetime: number): boolean {
    const now = performance.now();
    const version = versionOf(found);
    this.#still = version === this.#version ? this.#still + Math.min(now - this.#lookedAt, longestGap) : 0;
    this.#version = version;
    this.#lookedAt = now;
    return version !== null && this.#still >= lifetime;
  }
}

/** How long it may lie there unchanged, in milliseconds. */
function lifetimeOf(found: Found): number {
  switch (found.kind) {
    case "nothing":
    case "stray":
    case "folder":
      return 0;
    case "lock":
      if (found.life === null) return unsignedLasts;
      return stateOf(found.life) === "gone" ? 0 : signedLasts;
    default:
      return found satisfies never;
  }
}

const versionOf = (found: Found): string | null => (found.kind === "nothing" ? null : found.version);

/** What is gone already is well; a link is removed and not what it leads to, a folder only if it is empty. */
function remove(path: string, found: Found): void {
  try {
    if (found.kind === "folder") rmdirSync(path);
    else unlinkSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || (found.kind === "lock" && isBusy(code))) return;
    throw new LockedError(
      `${path} is in the way and cannot be removed (${code}). Delete or rename it, then try again.`,
      { cause: error },
    );
  }
}

/** Windows refuses so while somebody reads the file; it is tried again. */
const isBusy = (code: string): boolean =>
  process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
