import type { LedgerEntry } from "#contract";
import { expect, test } from "vitest";
import { ledgerRows } from "./ledgerRows.ts";

const entry = (sequence: number, phase: LedgerEntry["phase"], receiptId: string): LedgerEntry => ({
  sequence,
  at: "2026-11-24T03:00:00Z",
  phase,
  act: "grant",
  receiptId,
  operator: "ana",
  targetId: "t",
  targetName: "T",
  command: "Enable-RemoteSupport",
  result: "",
  receipt: null,
  previousHash: "",
  hash: "",
});

test("an intent is unfinished exactly as long as no outcome of the same act stands in the ledger", () => {
  const rows = ledgerRows([entry(3, "intent", "b"), entry(2, "outcome", "a"), entry(1, "intent", "a")]);
  expect(rows.map(({ sequence, isUnfinished }) => [sequence, isUnfinished])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
});
