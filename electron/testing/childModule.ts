import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** How a module of `electron` is imported from a module text; `path` is that below `electron`. */
export const importable = (path: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, "..", path)).href);

export type ChildModule = {
  readonly process: ChildProcess;
  /** The lines it printed, as they come; they end with it. */
  readonly lines: AsyncIterator<string>;
  /** Its exit status, null when it was killed. */
  readonly ended: Promise<number | null>;
};

/** Runs a module text in a process of its own; on POSIX the shell may be told something before, such as a limit. */
export function startModule(text: string, before?: string): ChildModule {
  const args = ["--input-type=module", "-e", text];
  const stdio = ["pipe", "pipe", "inherit"] as const;
  const child =
    before === undefined
      ? spawn(process.execPath, args, { stdio: [...stdio] })
      : spawn("sh", ["-c", `${before}; exec "$0" "$@"`, process.execPath, ...args], { stdio: [...stdio] });
  const ended = once(child, "close").then(([status]): number | null => status as number | null);
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), ended };
}

/** Runs it to its end; gives the exit status. */
export function runModule(text: string, before?: string): Promise<number | null> {
  const { process: child, ended } = startModule(text, before);
  child.stdout?.resume();
  return ended;
}
