import { expect, test } from "vitest";
import type { LedgerEntry } from "#contract";
import { aReceipt } from "../../testing/builders.ts";
import { holdersBy, KnownActs, lastKnownBy } from "./knownActs.ts";

const request = {
  level: "Diagnostics",
  minutes: 480,
  reason: "slow",
  caseNumber: "26",
  account: "AZS\\cloudadmin",
  practice: false,
  agreedTermsSha256: null,
} as const;
const answer = {
  endpoint: "ERCS02",
  answer: "yes",
  by: "person",
  termsSha256: "0",
  termsText: "terms",
} as const;

const entry = (about: Partial<LedgerEntry>): LedgerEntry => ({
  sequence: 1,
  at: "2026-11-21T03:00:00.000Z",
  phase: "intent",
  act: "grant",
  receiptId: "a",
  operator: "Alex",
  targetId: "t",
  targetName: "T",
  command: null,
  result: "",
  receipt: null,
  previousHash: "",
  hash: "",
  ...about,
});
const intent = (receiptId: string): LedgerEntry => entry({ receiptId, request, process: "7 1" });
const yes = (receiptId: string): LedgerEntry => entry({ receiptId, phase: "answer", answer });
const closed = entry({
  receiptId: "r",
  phase: "outcome",
  act: "revoke",
  receipt: aReceipt({ id: "r", act: "revoke", outcome: "closed" }),
});
const granted = (receiptId: string, endpoint: string): LedgerEntry =>
  entry({ receiptId, phase: "outcome", receipt: aReceipt({ id: receiptId, endpoint }) });

function actsOf(...entries: readonly LedgerEntry[]) {
  const acts = new KnownActs();
  for (const one of entries) acts.take(one);
  return acts.all();
}

test("an act is what its entries say together: request, answer and the newest receipt", () => {
  const later = entry({
    phase: "resolved",
    receipt: aReceipt({ id: "a", outcome: "granted", stateAfter: "later" }),
  });
  expect(actsOf(intent("a"), yes("a"), later)).toMatchObject([
    { id: "a", process: "7 1", request, answer, receipt: { stateAfter: "later" } },
  ]);
});

test.each<readonly [string, readonly LedgerEntry[], readonly string[]]>([
  ["opened and never shut", [intent("a"), granted("a", "ERCS01")], ["ERCS01"]],
  ["opened and shut", [intent("a"), granted("a", "ERCS01"), closed], []],
  ["shut, and opened elsewhere after", [closed, granted("b", "ERCS03")], ["ERCS03"]],
  ["killed after a Yes", [intent("a"), yes("a")], ["ERCS02"]],
  ["killed before the question", [intent("a")], []],
  ["declined", [entry({ phase: "outcome", receipt: aReceipt({ outcome: "declined" }) })], []],
])("by the ledger a grant may stand: %s", (_, entries, holders) => {
  expect(holdersBy(actsOf(...entries))).toEqual(holders);
});

test("the door is last known as the newest grant that was not read as closed since", () => {
  expect(lastKnownBy(actsOf(granted("a", "ERCS01")))).toMatchObject({ operator: "Alex", certain: true });
  expect(lastKnownBy(actsOf(intent("a")))).toMatchObject({ operator: "Alex", certain: false, until: null });
  expect(lastKnownBy(actsOf(granted("a", "ERCS01"), closed))).toBeNull();
});
