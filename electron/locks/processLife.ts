import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** What tells one process from every other that has, had or will have its id. */
export type Life = {
  readonly pid: number;
  /**
   * On Linux its start in clock ticks since the machine's, which anybody can ask of any process (proc(5), field 22 of
   * stat). Elsewhere a number that only the process itself can tell: Node asks no other without native code.
   */
  readonly start: number;
  readonly machine: string;
  /** The start of the machine itself; "-" where it has no name (not on Linux). */
  readonly boot: string;
  /** Whose ids are counted together: each container has a space of its own; "-" where there is one for all. */
  readonly space: string;
};

export const ourLife: Life = {
  pid: process.pid,
  start: statOf(process.pid)?.start ?? Math.round(performance.timeOrigin),
  machine: encodeURIComponent(hostname()),
  boot: orNone(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
  space: orNone(() => readlinkSync("/proc/self/ns/pid")),
};

/** A life as one line of text, and back; null for any other text. What stands behind it after a blank is not looked at. */
export const lifeText = ({ pid, start, machine, boot, space }: Life): string =>
  `${pid} ${start} ${machine} ${boot} ${space}`;

export function lifeIn(text: string): Life | null {
  const [, pid, start, machine = "", boot = "", space = ""] =
    /^(\d{1,10}) (\d{1,15}) (\S+) (\S+) (\S+)(?: |$)/.exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start: Number(start), machine, boot, space };
}

/**
 * Whether that process still runs. "unknown" where it is counted elsewhere and cannot be asked about from here. A later
 * process with its id is known for another one on Linux alone. On macOS and Windows it is taken for the same, so whoever
 * relies on this needs an end of his patience too; on Windows none of it was ever seen to run.
 */
export function stateOf(life: Life): "runs" | "gone" | "unknown" {
  if (life.machine !== ourLife.machine) return "unknown";
  if (life.boot !== ourLife.boot) return "gone";
  if (life.space !== ourLife.space) return "unknown";
  if (life.pid === ourLife.pid) return life.start === ourLife.start ? "runs" : "gone";
  const stat = statOf(life.pid);
  if (stat !== null) return stat.start === life.start && !stat.ended ? "runs" : "gone";
  return isThere(life.pid) ? "runs" : "gone";
}

/** What Linux tells of a process; null where it tells nothing: there is none, it hides it, or this is no Linux. */
function statOf(pid: number): { readonly start: number; readonly ended: boolean } | null {
  const text = orNone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the program's name in parentheses, with whatever it likes inside.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, threads, start] = [fields[0], Number(fields[17]), Number(fields[19])];
  // While one of its threads is still in the middle of a write it has not ended, whatever was done to it.
  return Number.isSafeInteger(start) ? { start, ended: state === "Z" && threads <= 1 } : null;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function orNone(read: () => string): string {
  try {
    return read();
  } catch {
    return "-"; // this system has no such file, or hides it
  }
}
