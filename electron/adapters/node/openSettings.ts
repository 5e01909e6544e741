import Conf from "conf";
import type { Log, SettingsStore } from "../../services/ports.ts";
import { settingsFileName, storedSettings } from "./storedSettings.ts";

/** The settings file through conf, for hosts without Electron. `folder` is absolute. */
export function openSettings(folder: string, log: Log): SettingsStore {
  const open = (): Conf =>
    new Conf({
      cwd: folder,
      configName: settingsFileName,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
    });
  return storedSettings(folder, open, log);
}
