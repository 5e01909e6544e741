import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "./makeFolder.ts";

test("a folder is made with those above it, once", () => {
  const folder = mkdtempSync(join(tmpdir(), "make-folder-"));
  const deep = join(folder, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  if (process.platform !== "win32") expect(statSync(deep).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder, "file"), "");
  expect(() => makeFolder(join(folder, "file"))).toThrow("EEXIST");
  expect(() => makeFolder(join(folder, "file", "in"))).toThrow("ENOTDIR");
  rmSync(folder, { recursive: true });
});

test.skipIf(!existsSync("/proc/self"))("where nothing can be made it ends with the system's error", () => {
  expect(() => makeFolder("/proc/no/such/folder")).toThrow("ENOENT");
});
