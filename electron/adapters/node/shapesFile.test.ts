import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { azureStackHubShapes } from "../../products/azureStackHub/shapes.ts";
import type { Log } from "../../services/ports.ts";
import { openShapes, shapesFileName } from "./shapesFile.ts";

let folder: string;
let logged: string[];
const log: Log = {
  write: (_level, event, fields) => logged.push(`${event}: ${String(fields?.["because"])}`),
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapes-"));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, shapesFileName);
const write = (document: unknown): void => writeFileSync(path(), JSON.stringify(document));

test("without a file the assumed shapes are in force, and nothing is said", () => {
  expect(openShapes(folder, log)()).toEqual({ shapes: azureStackHubShapes, trouble: null });
  expect(openShapes(join(folder, "no", "such"), log)().trouble).toBeNull();
  expect(logged).toEqual([]);
});

test("a list is added to or replaced, and all others stay", () => {
  write({
    session: { id: { add: ["Id"] }, endedAt: { replace: ["Until"] } },
    wrappers: { add: ["AdditionalData"] },
  });
  const { shapes, trouble } = openShapes(folder, log)();
  expect(trouble).toBeNull();
  expect(shapes).toEqual({
    ...azureStackHubShapes,
    session: { ...azureStackHubShapes.session, id: ["SessionId", "Id"], endedAt: ["Until"] },
    wrappers: ["AdditionalData"],
  });
});

test("the file is read again when it has changed, and no more often", () => {
  const current = openShapes(folder, log);
  expect(current().shapes).toBe(current().shapes);
  write({ wrappers: { add: ["One"] } });
  expect(current().shapes.wrappers).toEqual(["One"]);
  expect(current().shapes).toBe(current().shapes);
  write({ wrappers: { add: ["One", "Two"] } });
  expect(current().shapes.wrappers).toEqual(["One", "Two"]);
  rmSync(path());
  expect(current().shapes).toEqual(azureStackHubShapes);
});

test("the example of the documentation is taken, with a mark of Notepad before it", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/shapes.md"), "utf8");
  const [, example = ""] = /```json\n([^`]*)```/.exec(text) ?? [];
  writeFileSync(path(), `\uFEFF${example}`);
  const { shapes, trouble } = openShapes(folder, log)();
  expect([trouble, shapes.state.over.includes("Withdrawn"), shapes.session.id]).toEqual([null, true, ["Id"]]);
});

test.each<[string, () => void]>([
  ["no JSON", () => writeFileSync(path(), "{")],
  ["empty", () => writeFileSync(path(), "")],
  ["of an unknown part", () => write({ grants: { state: { add: ["X"] } } })],
  ["of an unknown field", () => write({ grant: { stat: { add: ["X"] } } })],
  ["of a list without its act", () => write({ wrappers: ["X"] })],
  ["of both acts", () => write({ wrappers: { add: ["X"], replace: [] } })],
  ["of texts of several lines", () => write({ wrappers: { add: ["X\nY"] } })],
  ["too large", () => writeFileSync(path(), " ".repeat(1_000_001))],
  ["a folder", () => mkdirSync(path())],
  ["a link to itself", () => symlinkSync(path(), path())],
])("a file that is %s prevents nothing, and is told", (_, make) => {
  make();
  const current = openShapes(folder, log);
  const { shapes, trouble } = current();
  current();
  expect(shapes).toBe(azureStackHubShapes);
  expect(trouble).toMatch(/^The corrections in shapes\.json are not in force, since .*\.$/);
  expect(logged).toEqual([expect.stringMatching(/^shapes\.notRead: The corrections/)]);
});
