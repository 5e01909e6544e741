import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../locks/makeFolder.ts";
import { type Life, ourLife, stateOf } from "../../locks/processLife.ts";
import { type Check, underLockNow } from "../../locks/processLock.ts";
import type { Log, NotedRunspace, RunspaceJournal } from "../../services/ports.ts";

/** How long to wait for another process, in milliseconds: longer than a lock lasts whose holder has gone. We stand still. */
const patience = 3_000;
/** No endpoint keeps an idle runspace that long; what is older is forgotten. Milliseconds. */
const keptFor = 7 * 86_400_000;

/** Whose it is; no process: it was left. A data folder on a share may hold those of another machine. */
type Entry = NotedRunspace &
  Omit<Life, "pid"> & {
    readonly since: number;
    readonly pid: number | null;
  };

/**
 * The list as `runspaces.json` in the data folder, replaced as a whole under `runspaces.lock`. It holds ids, addresses
 * and account names, and no secret. A list that cannot be read is begun anew, one that cannot be written is reported.
 */
export function openRunspaceJournal(folder: string, log: Log, now: () => Date): RunspaceJournal {
  const path = join(folder, "runspaces.json");
  const change = (by: (entries: readonly Entry[]) => readonly Entry[]): void => {
    try {
      makeFolder(folder);
      const act = (check: Check): void => {
        const entries = by(read(path, now()));
        check();
        replace(path, entries);
      };
      underLockNow(join(folder, "runspaces.lock"), act, patience);
    } catch (cause) {
      log.write("warn", "runspaces.notKept", {}, cause);
    }
  };
  const ours = (runspace: NotedRunspace): Entry => ({
    ...runspace,
    since: now().getTime(),
    ...ourLife,
  });
  const without = (entries: readonly Entry[], shellId: string): readonly Entry[] =>
    entries.filter((entry) => entry.shellId !== shellId);
  return {
    begin: (runspace) => change((entries) => [...without(entries, runspace.shellId), ours(runspace)]),
    ended: (shellId) => change((entries) => without(entries, shellId)),
    left: (shellId) =>
      change((entries) =>
        entries.map((entry) => (entry.shellId === shellId ? { ...entry, pid: null } : entry)),
      ),
    takeLeft: (endpoint, account) => {
      let taken: readonly string[] = [];
      change((entries) => {
        const isOurs = (entry: Entry): boolean =>
          entry.endpoint === endpoint && entry.account === account && isLeft(entry);
        taken = entries.filter(isOurs).map((entry) => entry.shellId);
        return entries.map((entry) => (isOurs(entry) ? ours(entry) : entry));
      });
      return taken;
    },
    known: (endpoint, account) =>
      new Map(
        read(path, now())
          .filter((entry) => entry.endpoint === endpoint && entry.account === account)
          .map((entry) => [entry.shellId, isLeft(entry) ? "left" : "inUse"]),
      ),
  };
}

const isLeft = ({ pid, ...entry }: Entry): boolean => pid === null || stateOf({ ...entry, pid }) === "gone";

function replace(path: string, entries: readonly Entry[]): void {
  writeFileSync(`${path}.new`, JSON.stringify(entries, null, 1), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function read(path: string, now: Date): readonly Entry[] {
  const isKept = (entry: Entry): boolean => now.getTime() - entry.since < keptFor;
  try {
    const list: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(list) ? list.filter(isEntry).filter(isKept) : [];
  } catch {
    // Not there yet, or not ours to understand: it is a help, and nothing depends on it.
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const texts = ["shellId", "endpoint", "account", "machine", "boot", "space"];
  const numbers = ["since", "start"];
  const kindOf = (name: string): string => typeof Reflect.get(value, name);
  const pid: unknown = Reflect.get(value, "pid");
  return (
    texts.every((name) => kindOf(name) === "string") &&
    numbers.every((name) => kindOf(name) === "number") &&
    (pid === null || Number.isSafeInteger(pid))
  );
}
