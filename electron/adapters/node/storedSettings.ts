import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { ConsoleError, settingsDocumentShape, usualPreferences } from "#contract";
import type { SettingsDocument } from "#contract";
import { makeFolder } from "../../locks/makeFolder.ts";
import { LockedError, underLockNow } from "../../locks/processLock.ts";
import type { Log, SettingsStore } from "../../services/ports.ts";

/** Both engines are given the same folder and name, so all hosts read and write one file. */
export const settingsFileName = "config";

/** How long to wait for another process, in milliseconds: longer than a lock lasts whose holder has gone. We stand still. */
const patience = 3_000;

/** What conf and electron-store have in common: the whole document as one value. */
export type DocumentStore = { store: Record<string, unknown> };

const firstDocument: SettingsDocument = { version: 1, preferences: usualPreferences, targets: [] };

/**
 * Settings over an engine that keeps `config.json` in the folder. A file that cannot be read as settings is set aside
 * as `config.damaged-….json` and reported; it is never written over.
 */
export function storedSettings(folder: string, openStore: () => DocumentStore, log: Log): SettingsStore {
  const path = join(folder, `${settingsFileName}.json`);
  const sound = (): DocumentStore => {
    setAsideIfDamaged(path, folder, log);
    return openStore();
  };
  return {
    read: () => {
      // The engine would make the folder, and a folder that cannot be made may not keep a door from being shut.
      if (!existsSync(path)) return firstDocument;
      const { store } = sound();
      return Object.keys(store).length === 0 ? firstDocument : settingsDocumentShape.parse(store);
    },
    write: (document) => {
      sound().store = settingsDocumentShape.parse(document);
    },
    alone: (act) => {
      makeFolder(folder);
      try {
        return underLockNow(join(folder, `${settingsFileName}.lock`), act, patience);
      } catch (cause) {
        if (!(cause instanceof LockedError)) throw cause;
        throw new ConsoleError("internal", `Nothing was saved. ${cause.message}`, { cause, remedy: "retry" });
      }
    },
  };
}

function setAsideIfDamaged(path: string, folder: string, log: Log): void {
  const damage = damageOf(path);
  if (damage === null) return;
  const kept = join(folder, `${settingsFileName}.damaged-${freeNumber(folder)}.json`);
  renameSync(path, kept);
  log.write("error", "settings.damaged", { keptAs: kept }, damage);
}

function damageOf(path: string): unknown {
  if (!existsSync(path)) return null;
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    return settingsDocumentShape.safeParse(document).error ?? null;
  } catch (error) {
    return error;
  }
}

function freeNumber(folder: string): number {
  let number = 1;
  while (existsSync(join(folder, `${settingsFileName}.damaged-${number}.json`))) number += 1;
  return number;
}
