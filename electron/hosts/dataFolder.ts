import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

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
  return named === "" ? join(systemFolder(surroundings), folderName) : resolve(named);
}

function systemFolder({ platform, environment, home }: Surroundings): string {
  if (platform === "win32") return environment["APPDATA"] ?? join(home, "AppData", "Roaming");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  const configured = environment["XDG_CONFIG_HOME"] ?? "";
  // The XDG Base Directory Specification has relative paths ignored.
  return isAbsolute(configured) ? configured : join(home, ".config");
}
