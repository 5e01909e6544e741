import type { LedgerEntry, Receipt } from "#contract";
import { expect, test } from "vitest";
import { entriesJson, filterLedger, ledgerCsv, ledgerRows, ledgerText, resultWords } from "./ledgerRows.ts";

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

const receipt: Receipt = {
  id: "b",
  act: "grant",
  targetId: "t",
  targetName: "T",
  practice: false,
  endpoint: "ERCS01",
  operator: "ana",
  account: "AZS\\ana",
  reason: "=disk alarm",
  caseNumber: "2611240030000123",
  level: "Diagnostics",
  minutes: 480,
  command: "Enable-RemoteSupport",
  termsText: null,
  termsSha256: null,
  answer: "yes",
  answeredBy: "person",
  startedAt: "2026-11-24T03:00:00Z",
  finishedAt: "2026-11-24T03:00:01Z",
  facts: [],
  outcome: "notGranted",
  stateAfter: "ERCS01 shows a grant until 2026-11-24T11:00:00Z.",
};

const rows = ledgerRows(
  [
    { ...entry(3, "outcome", "b"), receipt },
    entry(2, "intent", "b"),
    { ...entry(1, "intent", "a"), act: "revoke" },
  ],
  [],
);
const numbers = (filter: Parameters<typeof filterLedger>[1]): readonly number[] =>
  filterLedger(rows, filter).map(({ sequence }) => sequence);

test("an outcome is said in the words of the console, its times with their zone", () => {
  expect(rows.map((row) => resultWords(row))).toEqual([
    ["Not granted", "ERCS01 shows a grant until 2026-11-24 11:00:00 UTC."],
    ["", ""],
    ["Under way", ""],
  ]);
});

test("the ledger is filtered by act, by outcome, and by the case or reason on the receipt", () => {
  expect(numbers({ text: "", act: "revoke" })).toEqual([1]);
  expect(numbers({ text: "not granted", act: "all" })).toEqual([3]);
  expect(numbers({ text: " 2611240030000123 ", act: "all" })).toEqual([3]);
  expect(numbers({ text: "DISK", act: "revoke" })).toEqual([]);
});

test("what is saved for a spreadsheet runs no formula, and what is saved whole is the chain's own entries", () => {
  expect(ledgerCsv(rows)).toContain("'=disk alarm");
  expect(ledgerText(rows).split("\n")[1]?.split("\t")).toContain("'=disk alarm");
  expect(JSON.parse(entriesJson(rows))).toEqual([
    { ...entry(3, "outcome", "b"), receipt },
    entry(2, "intent", "b"),
    { ...entry(1, "intent", "a"), act: "revoke" },
  ]);
});
