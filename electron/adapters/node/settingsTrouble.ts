import type { Log } from "../../services/ports.ts";
import { type SettingsFile, setAside } from "./settingsFile.ts";

/** Deals with a settings file that cannot be read as settings, and reports it: once, however often it is read. */
export class SettingsTrouble {
  readonly #path: string;
  readonly #log: Log;
  #told = "";

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** Sets a damaged file aside; throws where it cannot be moved. */
  setAside(because: unknown): void {
    const keptAs = setAside(this.#path);
    this.#log.write("error", "settings.damaged", { keptAs }, because);
  }

  /** Never throws: a file that is not to be moved or read stays where it is. */
  found(file: SettingsFile): void {
    switch (file.state) {
      case "good":
      case "none":
        this.#told = "";
        return;
      case "unreadable":
        this.#tellOnce("settings.unreadable", file.because);
        return;
      case "damaged":
        this.#tryToSetAside(file.because);
        return;
      default:
        file satisfies never;
    }
  }

  #tryToSetAside(because: unknown): void {
    try {
      this.setAside(because);
    } catch (cause) {
      this.#tellOnce("settings.damagedAndNotMoved", new Error(String(cause), { cause: because }));
    }
  }

  #tellOnce(event: string, cause: unknown): void {
    const words = `${event} ${String(cause)}`;
    if (words === this.#told) return;
    this.#told = words;
    this.#log.write("error", event, {}, cause);
  }
}
