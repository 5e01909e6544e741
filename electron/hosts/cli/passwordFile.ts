import { readFile, stat } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";

/** The word that stands for standard input in the place of a file. */
const standardInput = "-";

/** The password in a file, or on standard input for `-`. Nothing is no password. */
export async function readPasswordFile(file: string, io: CliIo): Promise<string> {
  const password = await readSecret(file, io);
  if (password !== "") return password;
  throw new UsageError(
    `${file === standardInput ? "Standard input" : `The password file ${file}`} is empty.`,
  );
}

/**
 * The file's first line, of standard input for `-`; the line end that editors add is not part of a password, nor is the
 * mark that Windows sets before a text. A file that others may read is taken, and said.
 */
export async function readSecret(file: string, io: CliIo): Promise<string> {
  if (file === standardInput && io.interactive)
    throw new UsageError("Leave --password-file out: at a terminal the password is asked for, unseen.");
  const bytes = file === standardInput ? await buffer(io.stdin) : await readBytes(file, io);
  return decoded(bytes).replace(/\r?\n[\s\S]*$/, "");
}

async function readBytes(file: string, io: CliIo): Promise<Uint8Array> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      io.say(`The password file ${file} may be read by others: chmod 600 it.`);
    return await readFile(file);
  } catch (cause) {
    throw new UsageError(`The password file ${file} cannot be read.`, { cause });
  }
}

/** UTF-8, or UTF-16 where the file says so (PowerShell's `>`); the mark itself is left out. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
