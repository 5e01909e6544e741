import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../locks/makeFolder.ts";
import { type Check, underLockNow } from "../locks/processLock.ts";
import { parseStampState, StampStateError, writeStampState } from "./model/parseStampState.ts";
import type { StampState } from "./model/stampState.ts";

export type StateFile = {
  /** The kept state; null when there is none, or none that can be read. */
  read(): StampState | null;
  /** The kept state when another process has replaced it since we last read or wrote it; else null. */
  readIfReplaced(): StampState | null;
  /** Replaces the kept state in one step: after a crash the file holds the old state or the new one. */
  write(state: StampState): void;
  /** Does the act while no other process does one on this folder: what is read inside is what is replaced. */
  alone<T>(act: () => T): T;
};

/** How long a stamp waits for another process, in milliseconds. It answers nobody meanwhile. */
const patience = 5_000;

/** Throws with a sentence for the person where nothing can be kept there. */
function prepare(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new Error(`The practice stamp cannot keep its state in ${folder}${reason}. Give another folder.`, {
      cause,
    });
  }
}

type OnDamaged = (fact: { readonly setAsideAs: string; readonly because: string }) => void;

/** The state of a practice stamp in `folder`. A damaged file is renamed and told of, never overwritten. */
export function openStateFile(folder: string, onDamaged: OnDamaged): StateFile {
  const path = join(folder, "practice-stamp.json");
  prepare(folder);
  let known = markOf(path);
  let check: Check = () => undefined;
  const read = (): StampState | null => {
    known = markOf(path);
    return readState(path, onDamaged);
  };
  return {
    read,
    readIfReplaced: () => (markOf(path) === known ? null : read()),
    write: (state) => {
      const text = writeStampState(state);
      check();
      replace(path, text);
      known = markOf(path);
    },
    alone: (act) => {
      const checked = (held: Check) => {
        check = held;
        try {
          return act();
        } finally {
          check = () => undefined;
        }
      };
      return underLockNow(`${path}.lock`, checked, patience);
    },
  };
}

/** Tells one version of the file from another: each write makes a new file. */
function markOf(path: string): string {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? "none" : `${facts.ino} ${facts.mtimeNs} ${facts.size}`;
}

function readState(path: string, onDamaged: OnDamaged): StampState | null {
  const text = textOf(path);
  if (text === null) return null;
  try {
    return parseStampState(text);
  } catch (error) {
    if (!(error instanceof StampStateError)) throw error;
    const setAsideAs = freeName(path);
    renameSync(path, setAsideAs);
    onDamaged({ setAsideAs, because: error.message });
    return null;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** `practice-stamp.damaged-1.json`, counting on so that no earlier copy is lost. */
function freeName(path: string): string {
  for (let number = 1; ; number++) {
    const name = path.replace(/\.json$/, `.damaged-${number}.json`);
    if (textOf(name) === null) return name;
  }
}

function replace(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
