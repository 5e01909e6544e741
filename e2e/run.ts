import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { findBrowser } from "./support/findBrowser.ts";

/** Finds a browser, says which, and runs the journeys. Never passes without having run them. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const browser = findBrowser(say);
say(`e2e: journeys run in ${browser.path} (${browser.from})`);
const cli = join(createRequire(import.meta.url).resolve("playwright/package.json"), "..", "cli.js");
const result = spawnSync(
  process.execPath,
  [cli, "test", "--config", join(import.meta.dirname, "playwright.config.ts"), ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, RSC_BROWSER: browser.path } },
);
process.exitCode = result.status ?? 1;
