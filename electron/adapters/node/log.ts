import { appendFileSync, existsSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../../locks/makeFolder.ts";
import type { Log } from "../../services/ports.ts";

/** A log file that has grown past this is kept under one other name, and a new one is begun. */
const fullSize = 5 * 1024 * 1024;

/** Writes one JSON line an event. Nothing is redacted here: the log is never given a secret. */
export function createLog(writeLine: (line: string) => void, now: () => Date): Log {
  return {
    write: (level, event, fields, cause) => {
      const error = cause === undefined ? {} : { error: describe(cause, 0) };
      writeLine(JSON.stringify({ at: now().toISOString(), level, event, ...fields, ...error }));
    },
  };
}

/** Lines to the error stream, for hosts that somebody watches. */
export function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Lines to a file that only its owner reads. A full file is set aside once, when the log is opened. Where nothing can be
 * written (a full disk, a folder of somebody else) that is said once: a log may not keep a door from being shut.
 */
export function toFile(path: string, say: (line: string) => void = toStandardError): (line: string) => void {
  let isSaid = false;
  const tried = (write: () => void): void => {
    try {
      write();
    } catch (cause) {
      if (!isSaid) say(`The log ${path} cannot be written (${cause instanceof Error ? cause.message : ""}).`);
      isSaid = true;
    }
  };
  tried(() => {
    makeFolder(dirname(path));
    if (existsSync(path) && statSync(path).size > fullSize) renameSync(path, `${path}.before`);
  });
  return (line) => tried(() => appendFileSync(path, `${line}\n`, { mode: 0o600 }));
}

/** Causes are followed, five deep: what is logged is logged whole. */
function describe(cause: unknown, depth: number): unknown {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? { code: String(cause.code) } : {};
  const below = cause.cause === undefined || depth === 5 ? {} : { cause: describe(cause.cause, depth + 1) };
  return { name: cause.name, message: cause.message, ...code, stack: cause.stack ?? "", ...below };
}
