import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** How long a fetch of the runtime may take before the console is served instead, in milliseconds. */
const answerLimit = 2_000;
const fetchLimit = 90_000;

/** Where the electron package lies. Resolving its manifest does not load it: loading would start a download. */
function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
}

/** The path of the installed Electron program, or null. */
export function findRuntime(folder: string = packageFolder()): string | null {
  const pathFile = join(folder, "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8").trim() : "";
  const place = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(folder, "dist");
  const program = join(place, name === "" ? usualName(process.platform) : name);
  return existsSync(program) ? program : null;
}

function usualName(platform: NodeJS.Platform): string {
  if (platform === "win32") return "electron.exe";
  return platform === "darwin" ? "Electron.app/Contents/MacOS/Electron" : "electron";
}

/**
 * Lets the electron package fetch its runtime, where its source answers. Tried once for each version of the package
 * unless `again`: `triedFile` remembers it, so that later starts are quick. Null when it could not be had.
 */
export async function fetchRuntime(
  triedFile: string,
  again: boolean,
  say: (line: string) => void,
): Promise<string | null> {
  const folder = packageFolder();
  const version = readFileSync(join(folder, "package.json"), "utf8");
  if (!again && existsSync(triedFile) && readFileSync(triedFile, "utf8") === version) return null;
  remember(triedFile, version);
  if (!(await sourceAnswers())) return null;
  say("Fetching the Electron runtime (about 100 MB, once) …");
  await runInstaller(join(folder, "install.js"));
  return findRuntime(folder);
}

/** In a checkout that is somebody else's, nothing is remembered: the next start tries again. */
function remember(triedFile: string, version: string): void {
  try {
    mkdirSync(dirname(triedFile), { recursive: true });
    writeFileSync(triedFile, version);
  } catch {
    // It saves the next start two seconds, and nothing depends on it.
  }
}

async function sourceAnswers(): Promise<boolean> {
  const source = process.env["ELECTRON_MIRROR"] ?? "https://github.com/electron/electron/releases/";
  try {
    await fetch(source, { method: "HEAD", signal: AbortSignal.timeout(answerLimit) });
    return true;
  } catch {
    return false;
  }
}

function runInstaller(script: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: "ignore", timeout: fetchLimit });
    child.on("error", () => resolve());
    child.on("close", () => resolve());
  });
}
