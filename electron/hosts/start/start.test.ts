import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chooseHost } from "./chooseHost.ts";
import type { Facts } from "./chooseHost.ts";
import { fetchRuntime, findRuntime } from "./electronRuntime.ts";
import { serveFlags } from "../serve/serveOptions.ts";
import { fingerprint } from "./fingerprint.ts";
import { windowOpenLine } from "../windowOpenLine.ts";
import { runDesktop } from "./runDesktop.ts";
import { readStartOptions, startUsage } from "./startOptions.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "start-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const able: Facts = { asked: null, display: true, runsAsRoot: false, runtime: async () => "/electron" };

test("the window opens where there is a display and a runtime", async () => {
  expect(await chooseHost(able)).toEqual({ host: "desktop", program: "/electron" });
});

test("--serve asks for neither", async () => {
  const runtime = vi.fn<Facts["runtime"]>(able.runtime);
  expect(await chooseHost({ ...able, asked: "serve", runtime })).toEqual({ host: "serve", because: null });
  expect(runtime).not.toHaveBeenCalled();
});

test.each<[string, Partial<Facts>]>([
  ["there is no display here", { display: false }],
  ["its sandbox cannot be used by root", { runsAsRoot: true }],
  ["the Electron runtime is not installed and could not be fetched", { runtime: async () => null }],
])("where %s, one line says so, and --desktop fails with it", async (reason, facts) => {
  expect(await chooseHost({ ...able, ...facts })).toEqual({
    host: "serve",
    because: `No desktop window: ${reason}. The same console runs in a browser.`,
  });
  const forced = chooseHost({ ...able, ...facts, asked: "desktop" });
  await expect(forced).rejects.toThrow(`The desktop window cannot be opened: ${reason}.`);
});

test("nothing is fetched where no window could be shown", async () => {
  const runtime = vi.fn<Facts["runtime"]>(able.runtime);
  await chooseHost({ ...able, display: false, runtime });
  expect(runtime).not.toHaveBeenCalled();
});

test("the runtime is found where the package says, or where the environment does", () => {
  expect(findRuntime(folder)).toBeNull();
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "path.txt"), "program\n");
  writeFileSync(join(folder, "dist", "program"), "");
  expect(findRuntime(folder)).toBe(join(folder, "dist", "program"));
  vi.stubEnv("ELECTRON_OVERRIDE_DIST_PATH", join(folder, "elsewhere"));
  expect(findRuntime(folder)).toBeNull();
});

test("what cannot be remembered about the runtime is tried again", async () => {
  vi.stubEnv("ELECTRON_MIRROR", "http://127.0.0.1:9/");
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(await fetchRuntime(join(file, "tried"), false, () => undefined)).toBeNull();
  expect(await fetchRuntime(join(folder, "tried"), false, () => undefined)).toBeNull();
  expect(existsSync(join(folder, "tried"))).toBe(true);
});

test("the fingerprint changes with a file's time, size and name, and not with its tests", () => {
  const file = join(folder, "a.ts");
  writeFileSync(file, "1");
  utimesSync(file, 1_000, 1_000);
  const first = fingerprint([folder]);
  expect(fingerprint([folder])).toBe(first);
  writeFileSync(join(folder, "a.test.ts"), "1");
  expect(fingerprint([folder])).toBe(first);
  utimesSync(file, 1_000, 2_000);
  const later = fingerprint([folder]);
  writeFileSync(join(folder, "b.ts"), "1");
  expect(new Set([first, later, fingerprint([folder])]).size).toBe(3);
});

test("a missing source has a fingerprint too", () => {
  expect(fingerprint([join(folder, "none")])).toMatch(/^[0-9a-f]{64}$/);
});

/** Stands in for Electron: a Node script, which gets the built folder as its argument. */
const script = (text: string): string => {
  writeFileSync(join(folder, "index.js"), text);
  return process.execPath;
};

test("a window that was open and closed is the end of it", async () => {
  const program = script(`console.log(${JSON.stringify(windowOpenLine)}); process.exitCode = 3;`);
  expect(await runDesktop(program, folder, folder, new AbortController().signal)).toBe(true);
});

test("a program that ends before its window is open leaves the console to a browser", async () => {
  const signal = new AbortController().signal;
  expect(await runDesktop(script("process.exitCode = 127;"), folder, folder, signal)).toBe(false);
  expect(await runDesktop(join(folder, "none"), folder, folder, signal)).toBe(false);
});

test("stopping stops the window's program", async () => {
  const ending = new AbortController();
  const running = runDesktop(script("setInterval(() => undefined, 1000);"), folder, folder, ending.signal);
  ending.abort();
  expect(await running).toBe(true);
});

test("the help of npm start names every option", () => {
  const usage = startUsage.join("\n");
  for (const name of [...Object.keys(serveFlags), "serve", "desktop", "build-only"])
    expect(usage).toContain(`--${name}`);
});

test("the line of npm start is read", () => {
  expect(readStartOptions([])).toMatchObject({ asked: null, buildOnly: false });
  expect(readStartOptions(["--serve", "--port", "8080"])).toMatchObject({
    asked: "serve",
    serve: { port: 8080 },
  });
  expect(readStartOptions(["--desktop"])).toMatchObject({ asked: "desktop" });
  expect(readStartOptions(["--build-only"])).toMatchObject({ buildOnly: true });
  expect(() => readStartOptions(["--serve", "--desktop"])).toThrow("not both");
  expect(() => readStartOptions(["--colour"])).toThrow("--colour");
});
