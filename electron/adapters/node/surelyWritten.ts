import { open, truncate } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/**
 * Writes all bytes at the end of the file and sees them on disk; or throws, with the file as it was. Where even that
 * cannot be had, a part of them stays for the next writer to find.
 */
export async function appendSurely(file: FileHandle, path: string, bytes: Buffer, check: () => void) {
  const { size } = await file.stat();
  check();
  try {
    await writeSurely(file, bytes);
  } catch (error) {
    await takeBack(file, path, size, check).catch(() => undefined);
    throw error;
  }
}

/** All bytes, on disk: a disk that takes a part of them takes the next part or says why not. */
export async function writeSurely(file: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
    if (bytesWritten === 0) throw new Error(`the disk took ${written} of ${bytes.length} bytes and no more`);
    written += bytesWritten;
  }
  await file.sync();
}

/** Makes the file that short, and sees it so on disk. By its name: Windows shortens no file that is open for appending. */
export async function shorten(file: FileHandle, path: string, size: number): Promise<void> {
  await truncate(path, size);
  await file.sync();
}

/** Only with the lock still ours: what stands there might be another's by now. */
async function takeBack(file: FileHandle, path: string, size: number, check: () => void): Promise<void> {
  check();
  await shorten(file, path, size);
}

/** Of folders that cannot be synced the system says so in these words; Windows has none that can. */
const cannotBeSynced = new Set(["EINVAL", "ENOTSUP", "EPERM", "EACCES", "EISDIR", "EBADF"]);

/** Sees on disk that a new file stands in its folder. */
export async function syncFolder(path: string): Promise<void> {
  try {
    await using folder = await open(path, "r");
    await folder.sync();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!cannotBeSynced.has(code)) throw error;
  }
}
