import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

export type FoundBrowser = {
  readonly path: string /** In words, for the log: where it came from. */;
  readonly from: string;
};

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "msedge",
];

const fixedPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return [
      join(folder, "Google/Chrome/Application/chrome.exe"),
      join(folder, "Microsoft/Edge/Application/msedge.exe"),
    ];
  }),
];

/**
 * A browser for the journeys: the one named by RSC_BROWSER, an installed Chromium, Chrome or Edge, Playwright's own,
 * else Debian's package where we are root on Debian. Throws with a sentence that says what to install.
 */
export function findBrowser(say: (line: string) => void): FoundBrowser {
  const found = namedBrowser() ?? installedBrowser() ?? playwrightBrowser() ?? debianBrowser(say);
  if (found !== null) return found;
  throw new Error(
    "No browser for the end-to-end journeys: install Chromium, Chrome or Edge, run `npx playwright install chromium`, or set RSC_BROWSER to a browser's path.",
  );
}

function namedBrowser(): FoundBrowser | null {
  const path = process.env["RSC_BROWSER"];
  if (path === undefined || path === "") return null;
  if (!runnable(path)) throw new Error(`RSC_BROWSER names ${path}, which is no program that can be run.`);
  return { path, from: "named by RSC_BROWSER" };
}

function installedBrowser(): FoundBrowser | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = [
    ...commands.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...fixedPlaces,
  ];
  const path = places.find(runnable);
  return path === undefined ? null : { path, from: "installed on this machine" };
}

function playwrightBrowser(): FoundBrowser | null {
  const path = chromium.executablePath();
  return existsSync(path) ? { path, from: "Playwright's own" } : null;
}

/** Debian's package needs root and apt; nothing is installed anywhere else. */
function debianBrowser(say: (line: string) => void): FoundBrowser | null {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version") || !runnable("/usr/bin/apt-get"))
    return null;
  say("e2e: no browser is installed; installing Debian's chromium package (this takes a minute)");
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update"], { env: environment, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"], {
    env: environment,
    stdio: "ignore",
  });
  return runnable("/usr/bin/chromium")
    ? { path: "/usr/bin/chromium", from: "Debian's package, installed just now" }
    : null;
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
