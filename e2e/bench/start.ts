import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright";
import { findBrowser } from "../support/findBrowser.ts";
import { temporaryFolder } from "../support/startServe.ts";

/**
 * How long `npm start` of a built checkout takes to a page that can be used: from the command to the first screen with
 * its buttons, in a browser that already runs. Prints one JSON line in milliseconds; ends with 1 when the middle of
 * the runs is 2 s or more, or when something still answers after the stop. `node e2e/bench/start.ts [RUNS]`.
 */
const runs = Number(process.argv[2] ?? 5);
const limit = 2_000;
const root = join(import.meta.dirname, "..", "..");

type Run = { readonly served: number; readonly usable: number; readonly stopped: number };

await ended(npmStart(["--build-only"]));
const browser = await chromium.launch({
  executablePath: findBrowser(() => undefined).path,
  args: ["--no-sandbox", "--disable-gpu"],
});
const measured: Run[] = [];
for (let run = 0; run < runs; run++) measured.push(await measure());
await browser.close();
const middle = measured.map(({ usable }) => usable).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
process.stdout.write(`${JSON.stringify({ usable: middle, limit, runs: measured })}\n`);
process.exitCode = middle < limit ? 0 : 1;

async function measure(): Promise<Run> {
  await using folder = await temporaryFolder();
  const page = await browser.newPage();
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  const console = npmStart(["--serve", "--no-open", "--data", folder.path]);
  const address = await addressOf(console);
  const served = since();
  await page.goto(address);
  await page.getByRole("button", { name: "Add a real target" }).waitFor();
  const usable = since();
  await page.close();
  const stopping = performance.now();
  console.kill("SIGTERM");
  await ended(console);
  while (await answers(address)) {
    if (performance.now() - stopping > 10_000)
      throw new Error(`${new URL(address).origin} still answers after the stop.`);
    await setTimeout(50);
  }
  const stopped = Math.round(performance.now() - stopping);
  return { served, usable, stopped };
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(new URL(address).origin);
    return true;
  } catch {
    return false;
  }
}

function npmStart(args: readonly string[]): ChildProcess {
  return spawn("npm", ["start", "--silent", "--", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
}

function addressOf(console: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  if (console.stdout === null) throw new Error("the output of npm start cannot be read");
  createInterface({ input: console.stdout }).on("line", (line) => {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
    if (address !== undefined) resolve(address);
  });
  console.once("exit", (status) => reject(new Error(`npm start ended with status ${status ?? "none"}`)));
  return promise;
}

function ended(console: ChildProcess): Promise<void> {
  if (console.exitCode !== null || console.signalCode !== null) return Promise.resolve();
  console.stdout?.resume();
  return new Promise((resolve) => console.once("exit", () => resolve()));
}
