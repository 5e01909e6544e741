import { readFileSync } from "node:fs";

/** How often the parent is looked at, in milliseconds. */
const interval = 500;

/**
 * Calls `stop` when the process that started us is gone. npm, when it is killed, ends its shell and leaves what the shell
 * had started; on its own (a service, a background job) a host may outlive whoever started it, so it listens under npm
 * only. The function it returns ends that.
 */
export function onOrphaned(
  stop: () => void,
  parent: () => number | string = ancestry,
  underNpm: boolean = process.env["npm_lifecycle_event"] !== undefined,
): () => void {
  if (!underNpm) return () => undefined;
  const first = parent();
  const timer = setInterval(() => {
    if (parent() === first) return;
    clearInterval(timer);
    stop();
  }, interval).unref();
  return () => clearInterval(timer);
}

/**
 * Who started us, and on Linux who started them: npm starts a shell and the shell us, and when npm is killed outright
 * the shell lives on, with another parent.
 */
export function ancestry(): string {
  return `${process.ppid} ${parentOf(process.ppid) ?? "not told"}`;
}

function parentOf(pid: number): string | undefined {
  try {
    // The second field after the name, which stands in parentheses and may hold anything (proc(5)).
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1];
  } catch {
    // No such file system, or nobody there any more.
    return undefined;
  }
}
