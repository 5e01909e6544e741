import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LedgerStore } from "../../services/ports.ts";
import { nodeChance } from "./chance.ts";
import { nodeClock } from "./clock.ts";
import { openLedgerStore } from "./ledgerStore.ts";
import { createLog, toFile } from "./log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "adapters-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function linesOf(store: LedgerStore): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of store.lines()) lines.push(line);
  return lines;
}

const noon = () => new Date("2026-03-01T12:00:00.000Z");

test("the ledger keeps lines in the order they were appended, over restarts", async () => {
  const below = join(folder, "not", "there", "yet");
  const store = openLedgerStore(below);
  const lines = Array.from({ length: 50 }, (_value, index) => `{"sequence":${index}}`);
  await Promise.all(lines.map((line) => store.append(line)));
  expect(await linesOf(store)).toEqual(lines);
  expect(await linesOf(openLedgerStore(below))).toEqual(lines);
});

test("a ledger that is not there yet has no lines", async () => {
  expect(await linesOf(openLedgerStore(folder))).toEqual([]);
});

test("a ledger line with a line end is refused, and the next one is taken", async () => {
  const store = openLedgerStore(folder);
  await expect(store.append("one\ntwo")).rejects.toThrow("no line end");
  await store.append("three");
  expect(await linesOf(store)).toEqual(["three"]);
});

test.skipIf(process.platform === "win32")("the ledger is readable by its owner only", async () => {
  await openLedgerStore(folder).append("{}");
  expect(statSync(join(folder, "ledger.jsonl")).mode & 0o077).toBe(0);
});

test("a log that cannot be written says so once and stops nobody", () => {
  const said: string[] = [];
  writeFileSync(join(folder, "taken"), "");
  const log = createLog(
    toFile(join(folder, "taken", "console.log"), (line) => said.push(line)),
    noon,
  );
  log.write("info", "one");
  log.write("info", "two");
  expect(said).toEqual([expect.stringMatching(/^The log .*console\.log cannot be written \(E[A-Z]+:/)]);
});

test("the log writes one JSON line an event, with the whole cause", () => {
  const path = join(folder, "logs", "console.log");
  const log = createLog(toFile(path), noon);
  const root = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  log.write("warn", "endpoint.lost", { endpoint: "AZS-ERCS01" }, new Error("no answer", { cause: root }));
  log.write("info", "started");
  const [first, second] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(first).toMatchObject({
    at: "2026-03-01T12:00:00.000Z",
    level: "warn",
    event: "endpoint.lost",
    endpoint: "AZS-ERCS01",
    error: { message: "no answer", cause: { message: "refused", code: "ECONNREFUSED" } },
  });
  expect(second).toEqual({ at: "2026-03-01T12:00:00.000Z", level: "info", event: "started" });
});

test("a full log is set aside when it is opened", () => {
  const path = join(folder, "console.log");
  writeFileSync(path, "x".repeat(5 * 1024 * 1024 + 1));
  createLog(toFile(path), noon).write("info", "started");
  expect(statSync(`${path}.before`).size).toBe(5 * 1024 * 1024 + 1);
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(2);
});

test("sleep ends with the signal's own reason", async () => {
  const controller = new AbortController();
  const reason = new Error("left");
  const sleeping = nodeClock.sleep(60_000, controller.signal);
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(nodeClock.sleep(0, controller.signal)).rejects.toBe(reason);
  await expect(nodeClock.sleep(0, new AbortController().signal)).resolves.toBeUndefined();
});

test("the digest is SHA-256 of the UTF-8 text in lower-case hex", () => {
  expect(nodeChance.sha256("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  expect(nodeChance.uuid()).not.toBe(nodeChance.uuid());
});
