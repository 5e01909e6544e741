import type { FileHandle } from "node:fs/promises";

/** How much is read at once, in bytes: more than most entries have. */
const piece = 16_384;
export const lineEnd = 0x0a;

/** How a file of lines ends. Only its last lines are read for it, however long it is. */
export type LedgerEnd = {
  readonly size: number;
  /** What stands behind the last line end: nothing in a file that was left in order. */
  readonly rest: Buffer;
  /** The last line that is whole, with or without its line end; null when there is none. */
  readonly lastLine: () => Promise<string | null>;
};

export async function endOf(file: FileHandle): Promise<LedgerEnd> {
  const { size } = await file.stat();
  const rest = await lineBefore(file, size);
  const lastLine = async (): Promise<string | null> => {
    if (isWhole(rest)) return textOf(rest);
    const end = size - rest.length - 1;
    return end < 0 ? null : textOf(await lineBefore(file, end));
  };
  return { size, rest, lastLine };
}

/** A line is one JSON object, and no beginning of an object is one: whatever cut it short, it shows. */
export function isWhole(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/** What is not UTF-8 was never ours: it is read as other letters, so that it does not pass for what it was made from. */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

/** The bytes of the line that ends there, read backwards. */
async function lineBefore(file: FileHandle, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let to = end; to > 0; to -= piece) {
    const bytes = await readAt(file, Math.max(0, to - piece), to);
    const before = bytes.lastIndexOf(lineEnd);
    pieces.push(bytes.subarray(before + 1));
    if (before >= 0) break;
  }
  return Buffer.concat(pieces.toReversed());
}

async function readAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  let had = 0;
  while (had < bytes.length) {
    const { bytesRead } = await file.read(bytes, had, bytes.length - had, from + had);
    if (bytesRead === 0) throw new Error("the ledger has become shorter while it was read");
    had += bytesRead;
  }
  return bytes;
}
