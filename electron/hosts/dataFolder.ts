import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { makeFolder } from "../locks/makeFolder.ts";

type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

const folderName = "remote-support-console";

const here = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  home: homedir(),
});

/** Where settings, ledger and practice state lie: `--data`, else RSC_DATA, else the system's place for such. Absolute. */
export function dataFolder(asked: string | null, surroundings: Surroundings = here()): string {
  const named = asked ?? surroundings.environment["RSC_DATA"] ?? "";
  return named === "" ? usualDataFolder(surroundings) : resolve(named);
}

/** The system's place for such: what a command line takes that is told nothing. */
export const usualDataFolder = (surroundings: Surroundings = here()): string =>
  join(systemFolder(surroundings), folderName);

/** Makes the folder where it is missing. Throws with a sentence for the person where nothing can be kept there. */
export function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new Error(
      `Nothing can be kept in the data folder ${folder}${reason}. Give another with --data DIR, or in RSC_DATA.`,
      { cause },
    );
  }
}

function systemFolder({ platform, environment, home }: Surroundings): string {
  if (platform === "win32") return environment["APPDATA"] ?? join(home, "AppData", "Roaming");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  const configured = environment["XDG_CONFIG_HOME"] ?? "";
  // The XDG Base Directory Specification has relative paths ignored.
  return isAbsolute(configured) ? configured : join(home, ".config");
}
