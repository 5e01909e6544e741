import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { dataFolder, prepareDataFolder } from "./dataFolder.ts";
import { version } from "./hostDescription.ts";

const linux = { platform: "linux", environment: {}, home: "/home/ada" } as const;

test.skipIf(process.platform === "win32").each([
  ["the system's folder", null, linux, "/home/ada/.config/remote-support-console"],
  [
    "the configured folder",
    null,
    { ...linux, environment: { XDG_CONFIG_HOME: "/cfg" } },
    "/cfg/remote-support-console",
  ],
  [
    "not a relative one",
    null,
    { ...linux, environment: { XDG_CONFIG_HOME: "cfg" } },
    "/home/ada/.config/remote-support-console",
  ],
  [
    "a Mac's folder",
    null,
    { ...linux, platform: "darwin" },
    "/home/ada/Library/Application Support/remote-support-console",
  ],
  ["RSC_DATA before the system's", null, { ...linux, environment: { RSC_DATA: "/data" } }, "/data"],
  ["the asked one before all", "/asked", { ...linux, environment: { RSC_DATA: "/data" } }, "/asked"],
] as const)("data lies in %s", (_what, asked, surroundings, folder) => {
  expect(dataFolder(asked, surroundings)).toBe(folder);
});

test("a relative folder is made absolute, as both settings engines need it", () => {
  expect(dataFolder("here", linux)).toBe(resolve("here"));
});

test("a data folder is made where it is missing, and refused in words where nothing can be kept", () => {
  const folder = mkdtempSync(join(tmpdir(), "data-folder-"));
  prepareDataFolder(join(folder, "not", "there"));
  expect(existsSync(join(folder, "not", "there"))).toBe(true);
  writeFileSync(join(folder, "file"), "");
  const taken = join(folder, "file", "data");
  expect(() => prepareDataFolder(taken)).toThrow(
    /^Nothing can be kept in the data folder .*data \(E[A-Z]+\)\. Give another with --data DIR/,
  );
  rmSync(folder, { recursive: true });
});

test("the version is the package's", () => {
  const manifest: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/../../package.json`, "utf8"));
  expect(manifest).toMatchObject({ version });
});
