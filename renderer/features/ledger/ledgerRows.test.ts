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

test("an intent without an outcome is under way, or its end is not known", () => {
  const entries = [
    entry(4, "intent", "c"),
    entry(3, "outcome", "b"),
    entry(2, "intent", "b"),
    entry(1, "intent", "a"),
  ];
  expect(ledgerRows(entries, [1]).map(({ sequence, end }) => [sequence, end])).toEqual([
    [4, "underWay"],
    [3, "known"],
    [2, "known"],
    [1, "notKnown"],
  ]);
});
