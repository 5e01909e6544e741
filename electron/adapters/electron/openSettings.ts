import ElectronStore from "electron-store";
import type { Log, SettingsStore } from "../../services/ports.ts";
import { settingsFileName, storedSettings } from "../node/storedSettings.ts";

/** The same settings file through electron-store. `folder` is absolute. */
export function openSettings(folder: string, log: Log): SettingsStore {
  const open = (): ElectronStore =>
    new ElectronStore({
      cwd: folder,
      name: settingsFileName,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
    });
  return storedSettings(folder, open, log);
}
