import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stampWithHistory } from "./model/history.ts";
import { openStateFile } from "./stateFile.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "practice-state-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const state = stampWithHistory(7, Date.UTC(2026, 10, 22));
const refuse = (): never => {
  throw new Error("nothing was damaged");
};

test("a folder without a state is made and has none", () => {
  expect(openStateFile(join(folder, "new", "deep"), refuse).read()).toBeNull();
});

test("a folder in which nothing can be kept is refused in words", () => {
  const inside = join(import.meta.filename, "state");
  expect(() => openStateFile(inside, () => undefined)).toThrow(
    /^The practice stamp cannot keep its state in .*state \(ENOTDIR\)\. Give another folder\.$/,
  );
});

test("what was written is there after a restart, and nothing lies beside it", () => {
  openStateFile(folder, refuse).write(state);
  expect(openStateFile(folder, refuse).read()).toEqual(state);
  expect(readdirSync(folder)).toEqual(["practice-stamp.json"]);
});

test("a state that another process kept is seen once, one's own never", () => {
  const ours = openStateFile(folder, refuse);
  const theirs = openStateFile(folder, refuse);
  ours.write(state);
  expect(ours.readIfReplaced()).toBeNull();
  const newer = { ...state, asOf: state.asOf + 1 };
  theirs.write(newer);
  expect(ours.readIfReplaced()).toEqual(newer);
  expect(ours.readIfReplaced()).toBeNull();
});

test("a damaged file is set aside whole, named, and never written over", () => {
  const told: { readonly setAsideAs: string; readonly because: string }[] = [];
  for (const text of ["{ half", '{"format":9}']) {
    writeFileSync(join(folder, "practice-stamp.json"), text);
    const file = openStateFile(folder, (fact) => void told.push(fact));
    expect(file.read()).toBeNull();
    file.write(state);
  }
  expect(told.map((fact) => readFileSync(fact.setAsideAs, "utf8"))).toEqual(["{ half", '{"format":9}']);
  expect(readdirSync(folder).toSorted()).toEqual([
    "practice-stamp.damaged-1.json",
    "practice-stamp.damaged-2.json",
    "practice-stamp.json",
  ]);
});
