import { ConsoleError, usualPreferences } from "#contract";
import type { ConsoleClient, GrantProgress, LedgerEntry, UnderWay } from "#contract";
import { describe, expect, test } from "vitest";
import { aQuestion, aReceipt } from "../../electron/testing/builders.ts";
import { consoleOf } from "../../electron/testing/consoleOfFakes.ts";
import { when } from "../../electron/testing/when.ts";
import { createGrantStore } from "./createGrantStore.ts";
import { createUnderWayStore } from "./createUnderWayStore.ts";
import { keptDrafts } from "./keptDrafts.ts";

const startedAt = "2026-11-24T03:00:00.000Z";
const asking: GrantProgress = {
  startedAt,
  stage: "question",
  facts: [{ at: startedAt, kind: "asked", endpoint: "ERCS01", text: "Enable-RemoteSupport" }],
  doing: null,
  question: aQuestion({ questionId: "q" }),
  outcome: null,
};
const request = {
  level: "DiagnosticsRepair",
  minutes: 120,
  operator: "ben",
  reason: "disk alarm",
  caseNumber: "42",
} as const;
const told = (progress: GrantProgress): readonly UnderWay[] => [
  { targetId: "t", opening: { request, progress }, revoke: null },
];
const lostLink = { code: "channelLost", sentence: "lost", remedy: "retry" } as const;
const granted = {
  sequence: 1,
  phase: "outcome",
  act: "grant",
  targetId: "t",
  targetName: "T",
  receiptId: "receipt-1",
  operator: "ben",
  at: startedAt,
  command: null,
  result: "granted",
  receipt: aReceipt({ targetId: "t", startedAt }),
  previousHash: "",
  hash: "",
} as LedgerEntry;

function storeOf(client: ConsoleClient) {
  const drafts = keptDrafts({ getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
  return createGrantStore(client, { now: () => 1, drafts, onOver: () => undefined });
}
const openingOf = (store: ReturnType<typeof storeOf>) => store.getState().wizards["t"]?.opening;
const withLedger = (entries: readonly LedgerEntry[]): ConsoleClient =>
  consoleOf({
    ledger: { list: async () => ({ entries, withoutOutcome: [], chain: { state: "whole", entries: 1 } }) },
  }).client;

describe("an opening this page did not begin", () => {
  test("stands in the wizard of its target, at the opening step, with its question and what was asked for", () => {
    const store = storeOf(consoleOf({}).client);
    store.getState().seen(told(asking));
    expect(store.getState().wizards["t"]).toMatchObject({
      step: "opening",
      draft: { level: "DiagnosticsRepair", minutes: "120", operator: "ben", reason: "disk alarm" },
      opening: { phase: "running", request, progress: { question: { questionId: "q" } } },
    });
  });

  test("takes nothing of what was typed here", () => {
    const store = storeOf(consoleOf({}).client);
    const { start, dispatch, seen } = store.getState();
    start("t", { preferences: usualPreferences, suggestedOperator: "ana", from: null, running: null });
    dispatch("t", { type: "typed", field: "reason", text: "mine" });
    seen(told(asking));
    expect(store.getState().wizards["t"]).toMatchObject({ step: "opening", draft: { reason: "mine" } });
  });

  test("that is over is what the ledger says, granted or not", async () => {
    const store = storeOf(withLedger([granted]));
    store.getState().seen(told(asking));
    store.getState().seen([]);
    await when(store, () => openingOf(store)?.phase === "ended");
    expect(openingOf(store)).toMatchObject({ receipt: { outcome: "granted" } });
  });

  test("that is over and in no ledger is lost, never an outcome", async () => {
    const store = storeOf(withLedger([]));
    store.getState().seen(told(asking));
    store.getState().seen([]);
    await when(store, () => openingOf(store)?.phase === "lost");
    expect(openingOf(store)).toMatchObject({ failure: { code: "badAnswer" } });
  });

  test("whose console is lost is lost from sight, and goes on in sight when it is told again", () => {
    const store = storeOf(consoleOf({}).client);
    store.getState().seen(told(asking));
    store.getState().unseen(lostLink);
    expect(openingOf(store)).toMatchObject({ phase: "lost" });
    store.getState().seen(told(asking));
    expect(openingOf(store)).toMatchObject({ phase: "running", progress: { stage: "question" } });
  });

  test("an older telling takes nothing back", () => {
    const store = storeOf(consoleOf({}).client);
    const fact = { at: startedAt, kind: "answered", endpoint: "ERCS01", text: "Answered Yes" } as const;
    store
      .getState()
      .seen(told({ ...asking, stage: "answered", question: null, facts: [...asking.facts, fact] }));
    store.getState().seen(told(asking));
    expect(openingOf(store)).toMatchObject({ progress: { stage: "answered", question: null } });
  });
});

test("who answers second is told that it was answered", async () => {
  const { client } = consoleOf({
    consent: {
      answer: async () => {
        throw new ConsoleError("notFound", "This question is no longer open.");
      },
    },
  });
  const store = storeOf(client);
  store.getState().seen(told(asking));
  await store.getState().answer("t", "q", "yes");
  expect(openingOf(store)).toMatchObject({ answering: null, failure: { code: "notFound" } });
});

test("another question of the same opening is answered anew", () => {
  const store = storeOf(consoleOf({}).client);
  store.getState().seen(told(asking));
  store.getState().dispatch("t", { type: "answering", answer: "yes" });
  store.getState().seen(told({ ...asking, question: aQuestion({ questionId: "other" }) }));
  expect(openingOf(store)).toMatchObject({ answering: null });
});

test("what is under way is followed from the console, and the loss of it is told to all who show it", async () => {
  const joined = consoleOf({
    grants: {
      underWay: async function* (_input, signal) {
        yield told(asking);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      },
    },
  });
  const store = storeOf(joined.client);
  const watched = createUnderWayStore(joined.client, [store.getState])
    .getState()
    .watch(new AbortController().signal);
  await when(store, () => openingOf(store)?.phase === "running");
  joined.lose();
  await watched;
  expect(openingOf(store)).toMatchObject({ phase: "lost", failure: { code: "channelLost" } });
});
