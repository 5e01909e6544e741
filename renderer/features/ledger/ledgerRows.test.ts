import type { LedgerEntry, Receipt } from "#contract";
import { expect, test } from "vitest";
import { aReceipt } from "../../../electron/testing/builders.ts";
import { entriesJson, filterLedger, ledgerCsv, ledgerRows, ledgerText } from "./ledgerRows.ts";
import { phaseWords, resultWords } from "./ledgerWords.ts";

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

const answer = {
  endpoint: "ERCS02",
  answer: "yes",
  by: "terms",
  termsSha256: "0",
  termsText: "terms",
} as const;

test("an answer and a later reading have words of their own, and neither is under way", () => {
  const entries: readonly LedgerEntry[] = [
    { ...entry(4, "resolved", "b"), receipt: aReceipt({ id: "b", outcome: "closed", stateAfter: "Later." }) },
    { ...entry(3, "answer", "a"), answer },
    { ...entry(2, "answer", "a"), answer: { ...answer, answer: "no", by: "person" } },
    entry(1, "intent", "a"),
  ];
  const rows = ledgerRows(entries, []);
  expect(rows.map((row) => [row.end, phaseWords(row), ...resultWords(row)])).toEqual([
    ["known", "later reading", "Confirmed closed", "Later."],
    [
      "known",
      "answered Yes",
      "Answered Yes",
      "by terms that were agreed to beforehand, to the question of ERCS02",
    ],
    ["known", "answered No", "Answered No", "by a person, to the question of ERCS02"],
    ["underWay", "intent", "Under way", ""],
  ]);
});

test("an intent is found by what was asked for, before there is a receipt", () => {
  const request = {
    level: "Diagnostics",
    minutes: 60,
    reason: "Fan failure",
    caseNumber: "777",
    account: "AZS\\ana",
    practice: false,
    agreedTermsSha256: null,
  } as const;
  const rows = ledgerRows([{ ...entry(1, "intent", "a"), request }], []);
  expect(filterLedger(rows, { text: "fan failure", act: "all" })).toHaveLength(1);
  expect(ledgerCsv(rows)).toContain("777,Fan failure");
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
