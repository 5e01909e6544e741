import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/* `npm run conformance` as a program: what its last line and its status say. */

const golden = join(import.meta.dirname, "../golden");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "conformance-"));
  for (const name of ["good", "damaged", "empty", "notes"]) mkdirSync(join(folder, name));
  copyFileSync(join(golden, "consent-refused.yml"), join(folder, "good", "renamed"));
  copyFileSync(join(golden, "out-of-process.json"), join(folder, "damaged", "whole.json"));
  const recorded = readFileSync(join(golden, "consent-refused.yml"), "utf8");
  const twisted = recorded.replace("ReceiveResponse</a:Action>", "SendResponse</a:Action>");
  writeFileSync(join(folder, "damaged", "twisted.yml"), twisted);
  writeFileSync(join(folder, "notes", "notes.txt"), "no recording");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["good", 0, "1 passed (1 whole, 0 at the message layer, 0 at the envelope layer), 0 failed, 0 skipped"],
  ["damaged", 1, "1 passed (1 whole, 0 at the message layer, 0 at the envelope layer), 1 failed, 0 skipped"],
  ["empty", 1, "0 passed (0 whole, 0 at the message layer, 0 at the envelope layer), 0 failed, 0 skipped"],
  ["notes", 1, "0 passed (0 whole, 0 at the message layer, 0 at the envelope layer), 0 failed, 1 skipped"],
  ["not-there", 2, ""],
])("a folder %s ends with status %i", (name, status, last) => {
  const program = join(import.meta.dirname, "main.ts");
  const ended = spawnSync(process.execPath, [program, join(folder, name)], { encoding: "utf8" });
  expect([ended.status, ended.stdout.trimEnd().split("\n").at(-1)]).toEqual([status, last]);
});
