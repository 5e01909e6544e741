import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLedger } from "../../services/ledger/createLedger.ts";
import { runModule } from "../../testing/childModule.ts";
import { withLedger } from "../../testing/ledgerEntries.ts";
import { nodeChance } from "./chance.ts";
import { openLedgerStore } from "./ledgerStore.ts";

/* The ledger as several processes of one data folder use it: a window, and scripts beside it. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Appends entries as fast as it can; resolves with its exit status. */
const appendInChild = (who: string, entries: number): Promise<number | null> =>
  runModule(`${withLedger(folder)}
    for (let entry = 0; entry < ${entries}; entry++)
      await ledger.append({ ...anEntry("${who} " + entry), operator: "${who}" });
  `);

test("processes that append at once keep one whole chain, lose nothing and leave no lock", async () => {
  const people = ["Ann", "Ben", "Cas", "Dag"];
  expect(await Promise.all(people.map((who) => appendInChild(who, 25)))).toEqual([0, 0, 0, 0]);
  const { entries, chain } = await createLedger(openLedgerStore(folder), nodeChance).list();
  expect(chain).toEqual({ state: "whole", entries: 100 });
  for (const who of people)
    expect(entries.filter(({ operator }) => operator === who).map(({ receiptId }) => receiptId)).toEqual(
      Array.from({ length: 25 }, (_value, entry) => `${who} ${24 - entry}`),
    );
  expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
}, 60_000);

test("a ledger looked at while others write is whole at every look", async () => {
  const ledger = createLedger(openLedgerStore(folder), nodeChance);
  let writing = true;
  const writers = Promise.all(["Ann", "Ben"].map((who) => appendInChild(who, 40))).finally(() => {
    writing = false;
  });
  while (writing) expect((await ledger.list()).chain.state).toBe("whole");
  expect(await writers).toEqual([0, 0]);
}, 60_000);

test("a ledger that cannot be read is an error for the caller, and no more than that", async () => {
  mkdirSync(join(folder, "ledger.jsonl"));
  const ledger = createLedger(openLedgerStore(folder), nodeChance);
  await expect(ledger.list()).rejects.toThrow("EISDIR");
  await expect(ledger.acts()).rejects.toThrow("EISDIR");
});
