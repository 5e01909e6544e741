import { createReadStream, existsSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeFolder } from "../../locks/makeFolder.ts";
import { underLock } from "../../locks/processLock.ts";
import type { LedgerStore } from "../../services/ports.ts";
import { isAtWork, ourMark } from "./processMark.ts";

/**
 * The ledger as `ledger.jsonl` in the data folder: one line after the other, on disk before `append` resolves. A
 * line that a crash cut short stays as it is, and the next one begins on a line of its own. `ledger.lock` keeps the
 * processes of one data folder apart.
 */
export function openLedgerStore(folder: string): LedgerStore {
  const path = join(folder, "ledger.jsonl");
  let last: Promise<void> = Promise.resolve();
  return {
    append: (line) => {
      const appended = last.then(() => appendLine(folder, path, line));
      last = appended.catch(() => undefined);
      return appended;
    },
    async *lines() {
      await last;
      if (!existsSync(path)) return;
      yield* createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
    },
    alone: async (act) => {
      makeFolder(folder);
      return underLock(join(folder, "ledger.lock"), act);
    },
    process: { own: ourMark, isAtWork },
    mark: async () => {
      if (!existsSync(path)) return "";
      const { size, mtimeMs } = await stat(path);
      return `${size} ${mtimeMs}`;
    },
  };
}

async function appendLine(folder: string, path: string, line: string): Promise<void> {
  if (/[\r\n]/.test(line)) throw new Error("a ledger line has no line end inside");
  makeFolder(folder);
  const file = await open(path, "a+", 0o600);
  try {
    await file.write(`${(await endsCleanly(file)) ? "" : "\n"}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function endsCleanly(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === "\n";
}
