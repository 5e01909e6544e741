import { existsSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../locks/makeFolder.ts";
import { type Check, underLock } from "../../locks/processLock.ts";
import type { LedgerStore, Log } from "../../services/ports.ts";
import { endOf, isWhole } from "./ledgerEnd.ts";
import { readLines } from "./ledgerLines.ts";
import { isAtWork, ourMark } from "./processMark.ts";
import { appendSurely, shorten, syncFolder } from "./surelyWritten.ts";
import { keepTornEnd } from "./tornEnd.ts";

const silent: Log = { write: () => undefined };
const unchecked: Check = () => undefined;

/**
 * The ledger as `ledger.jsonl` in the data folder: one line after the other, all of a line on disk before `append`
 * resolves, and none of it when it rejects. What a crash left of a line is kept beside it as `ledger.torn-….txt` before
 * the next one is written. `ledger.lock` keeps the processes of one data folder apart.
 */
export function openLedgerStore(folder: string, log: Log = silent): LedgerStore {
  const path = join(folder, "ledger.jsonl");
  let last: Promise<void> = Promise.resolve();
  let check = unchecked;
  return {
    append: (line) => {
      const appended = last.then(() => appendLine({ folder, path, log, check }, line));
      last = appended.catch(() => undefined);
      return appended;
    },
    async *lines(onTorn = () => undefined) {
      await last;
      if (existsSync(path)) yield* readLines(path, onTorn);
    },
    lastLine: async () => {
      await last;
      return existsSync(path)
        ? await withFile(path, "r", async (file) => (await endOf(file)).lastLine())
        : null;
    },
    alone: async (act, signal) => {
      makeFolder(folder);
      const checked = (held: Check) => {
        check = held;
        return act().finally(() => {
          check = unchecked;
        });
      };
      return underLock(join(folder, "ledger.lock"), checked, undefined, signal);
    },
    process: { own: ourMark, isAtWork },
    mark: async () => {
      if (!existsSync(path)) return "";
      const { size, mtimeMs } = await stat(path);
      return `${size} ${mtimeMs}`;
    },
  };
}

type Place = {
  readonly folder: string;
  readonly path: string;
  readonly log: Log;
  readonly check: Check;
};

async function appendLine(place: Place, line: string): Promise<void> {
  if (/[\r\n]/.test(line)) throw new Error("a ledger line has no line end inside");
  makeFolder(place.folder);
  await withFile(place.path, "a+", async (file) => {
    const { size, rest } = await endOf(file);
    // Whoever made it may have died before he saw on disk that it is there.
    if (size === 0) await syncFolder(place.folder);
    const lacksLineEnd = isWhole(rest);
    if (rest.length > 0 && !lacksLineEnd) await setAside(place, file, rest, size);
    await appendSurely(file, place.path, Buffer.from(`${lacksLineEnd ? "\n" : ""}${line}\n`), place.check);
  });
}

async function setAside({ folder, path, log, check }: Place, file: FileHandle, rest: Buffer, size: number) {
  const keptAs = await keepTornEnd(folder, rest);
  check();
  await shorten(file, path, size - rest.length);
  log.write("warn", "ledger.torn", { keptAs, bytes: rest.length });
}

async function withFile<T>(path: string, flags: string, act: (file: FileHandle) => Promise<T>): Promise<T> {
  await using file = await open(path, flags, 0o600);
  return await act(file);
}
