import { open, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder, writeSurely } from "./surelyWritten.ts";

/** Keeps what a crash or a full disk left of an entry, as `ledger.torn-1.txt` and so on. Gives its path, once it is on disk. */
export async function keepTornEnd(folder: string, bytes: Buffer): Promise<string> {
  const { file, path } = await newFile(folder);
  try {
    await writeSurely(file, bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await syncFolder(folder);
  return path;
}

async function newFile(folder: string): Promise<{ readonly file: FileHandle; readonly path: string }> {
  for (let number = 1; ; number++) {
    const path = join(folder, `ledger.torn-${number}.txt`);
    try {
      return { file: await open(path, "wx", 0o600), path };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}
