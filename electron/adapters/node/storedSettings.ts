import { join } from "node:path";
import { ConsoleError, settingsDocumentShape, usualPreferences } from "#contract";
import type { SettingsDocument } from "#contract";
import { makeFolder } from "../../locks/makeFolder.ts";
import { type Check, LockedError, underLockNow } from "../../locks/processLock.ts";
import type { Log, SettingsStore } from "../../services/ports.ts";
import { replacedSurely } from "./replacedSurely.ts";
import { readSettingsFile, type SettingsFile } from "./settingsFile.ts";
import { SettingsTrouble } from "./settingsTrouble.ts";

/** Both engines are given the same folder and name, so all hosts read and write one file. */
export const settingsFileName = "config";

/** How long to wait for another process, in milliseconds: longer than a lock lasts whose holder has gone. We stand still. */
const patience = 3_000;

/** What conf and electron-store have in common: the whole document as one value. */
export type DocumentStore = { store: Record<string, unknown> };

const firstDocument: SettingsDocument = { version: 1, preferences: usualPreferences, targets: [] };

/**
 * Settings over an engine that keeps `config.json` in the folder. A file that cannot be read as settings is set aside
 * as `config.damaged-….json` and reported; it is never written over. `read` never throws, since a target that is not
 * found cannot be shut: where the file has nothing to say, the last document that this process knew stands, and the
 * first of all where it knew none.
 */
export function storedSettings(folder: string, openStore: () => DocumentStore, log: Log): SettingsStore {
  const path = join(folder, `${settingsFileName}.json`);
  const trouble = new SettingsTrouble(path, log);
  let known = firstDocument;
  let check: Check = () => undefined;
  return {
    read: () => {
      const file = readSettingsFile(path);
      if (file.state === "good") known = file.document;
      trouble.found(file);
      return known;
    },
    write: (document) => {
      const next = settingsDocumentShape.parse(document);
      const file = readSettingsFile(path);
      check();
      if (file.state === "damaged") trouble.setAside(file.because);
      const isRight = (): boolean => isSame(readSettingsFile(path), next);
      // The engines take a part of a file for all of it where the disk takes no more.
      replacedSurely(path, () => void (openStore().store = next), isRight);
      known = next;
    },
    alone: (act) => {
      makeFolder(folder);
      const checked = (held: Check) => {
        check = held;
        try {
          return act();
        } finally {
          check = () => undefined;
        }
      };
      try {
        return underLockNow(join(folder, `${settingsFileName}.lock`), checked, patience);
      } catch (cause) {
        if (!(cause instanceof LockedError)) throw cause;
        throw new ConsoleError("internal", `Nothing was saved. ${cause.message}`, { cause, remedy: "retry" });
      }
    },
  };
}

const isSame = (file: SettingsFile, document: SettingsDocument): boolean =>
  file.state === "good" && JSON.stringify(file.document) === JSON.stringify(document);
