import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The path of the installed Electron runtime, or null. Looks without importing `electron`, which would try to download it. */
export function electronRuntime(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  const overridden = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const pathFile = join(folder, "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8").trim() : "electron";
  const path = join(overridden ?? join(folder, "dist"), name);
  return existsSync(path) ? path : null;
}
