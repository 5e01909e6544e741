import { randomUUID } from "node:crypto";
import { readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { isGone, ourLife } from "./processLife.ts";

export type Attempt =
  | { readonly state: "taken"; readonly release: () => void }
  /** The holder's process id, null while it cannot be told. */
  | { readonly state: "held"; readonly heldBy: number | null };

/** A lock file without a readable holder was left by a crash between its making and its writing, when it is this old. */
const unreadableIsDeadAfter = 10_000;

/**
 * Tries once to take a lock: a file that only one process can make, with its id inside. A lock of a process that
 * is no more is removed, and can be taken at the next attempt.
 */
export function takeLockFile(path: string): Attempt {
  const mark = `${process.pid} ${ourLife} ${randomUUID()}\n`;
  if (make(path, mark)) return { state: "taken", release: () => remove(path, mark) };
  const heldBy = holderOf(path);
  if (isDead(path)) breakDead(path);
  return { state: "held", heldBy };
}

/**
 * Two who find the same dead lock must not remove it one after the other: the second would remove the new lock of the
 * first. So only the one who holds the second file removes, and looks again before.
 */
function breakDead(path: string): void {
  const right = `${path}.breaking`;
  if (!make(right, "")) return;
  try {
    if (isDead(path)) unlinkSync(path);
  } finally {
    unlinkSync(right);
  }
}

/** False when the file is there already. Windows says it in other words while a file is being deleted. */
function make(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    const code = codeOf(error);
    const deleting = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
    if (code === "EEXIST" || deleting) return false;
    throw error;
  }
}

/** Removes our own lock; one that somebody removed by hand and another took is left alone. */
function remove(path: string, mark: string): void {
  if (textOf(path) === mark) unlinkSync(path);
}

function holderOf(path: string): number | null {
  return holderIn(textOf(path) ?? "")?.pid ?? null;
}

function holderIn(text: string): { readonly pid: number; readonly life: number } | null {
  const [, pid = "", life = ""] = /^(\d+) (\d+) /.exec(text) ?? [];
  return Number.isSafeInteger(Number(pid)) && Number(pid) > 0
    ? { pid: Number(pid), life: Number(life) }
    : null;
}

function isDead(path: string): boolean {
  const text = textOf(path);
  if (text === null) return false;
  const holder = holderIn(text);
  return holder === null ? ageOf(path) > unreadableIsDeadAfter : isGone(holder.pid, holder.life);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** In milliseconds; 0 when the file is gone. */
function ageOf(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts === undefined ? 0 : Date.now() - facts.mtimeMs;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
