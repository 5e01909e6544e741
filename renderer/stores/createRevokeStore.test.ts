import { ConsoleError } from "#contract";
import type { ConsoleClient, LedgerEntry, RevokeProgress, UnderWay } from "#contract";
import { describe, expect, test } from "vitest";
import { aReceipt } from "../../electron/testing/builders.ts";
import { consoleOf } from "../../electron/testing/consoleOfFakes.ts";
import { when } from "../../electron/testing/when.ts";
import { createRevokeStore } from "./createRevokeStore.ts";
import { keptPutAways } from "./keptPutAways.ts";
import { stopwatchSince } from "./revokePhases.ts";

const startedAt = "2026-11-24T03:00:00.000Z";
const start = Date.parse(startedAt);
const receipt = aReceipt({ act: "revoke", targetId: "t", operator: "ana", startedAt, outcome: "closed" });
const running: RevokeProgress = {
  startedAt,
  facts: [],
  doing: null,
  taken: true,
  readings: [],
  outcome: null,
};
const closed: RevokeProgress = { ...running, outcome: { kind: "closed", milliseconds: 900, receipt } };
const notConfirmed: RevokeProgress = {
  ...running,
  outcome: {
    kind: "notConfirmed",
    because: { code: "notConfirmed", sentence: "no proof", remedy: "retry" },
    receipt: { ...receipt, outcome: "notConfirmed" },
    addressesToBlock: ["a.example"],
  },
};
const told = (progress: RevokeProgress, opening: UnderWay["opening"] = null): readonly UnderWay[] => [
  { targetId: "t", opening, revoke: { operator: "ben", progress } },
];
const lostLink = { code: "channelLost", sentence: "lost", remedy: "retry" } as const;

function storeOf(client: ConsoleClient, { now = start + 5_000, storage = new Map() } = {}) {
  const kept = {
    getItem: (key: string) => (storage.get(key) as string | undefined) ?? null,
    setItem: (key: string, text: string) => void storage.set(key, text),
  };
  return createRevokeStore(client, {
    now: () => now,
    putAways: keptPutAways(kept),
  });
}
const shownOf = (store: ReturnType<typeof storeOf>) => store.getState().byTarget["t"];
const nothing = (): ConsoleClient => consoleOf({}).client;

test("a revoke is closed only when the console's stream says so", async () => {
  const mayFinish = Promise.withResolvers<void>();
  const { client } = consoleOf({
    grants: {
      revoke: async function* () {
        yield running;
        await mayFinish.promise;
        yield closed;
      },
    },
  });
  const store = storeOf(client);
  const revoked = store.getState().revoke("t", "ana");
  await when(store, ({ byTarget }) => byTarget["t"]?.progress != null);
  expect(shownOf(store)).toMatchObject({ phase: "running", progress: { outcome: null } });
  mayFinish.resolve();
  await revoked;
  expect(shownOf(store)).toMatchObject({ phase: "ended", progress: { outcome: { kind: "closed" } } });
});

describe("page and console apart", () => {
  /** A console that is lost after so much of the revoke was told. */
  const lostAfter = (...before: readonly RevokeProgress[]) => {
    const joined = consoleOf({
      grants: {
        revoke: async function* (_input, signal) {
          yield* before;
          joined.lose();
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        },
      },
    });
    return joined.client;
  };

  test("a revoke nothing was heard of is not sent", async () => {
    const store = storeOf(lostAfter());
    await store.getState().revoke("t", "ana");
    expect(shownOf(store)).toMatchObject({ phase: "notSent", failure: { code: "channelLost" } });
  });

  test("nor is one that is asked for while they are apart already", async () => {
    const { client, lose } = consoleOf({});
    lose();
    const store = storeOf(client);
    await store.getState().revoke("t", "ana");
    expect(shownOf(store)).toMatchObject({ phase: "notSent" });
  });

  test("what was not sent stays so when they are together again: it is never sent by itself", async () => {
    const store = storeOf(lostAfter());
    await store.getState().revoke("t", "ana");
    store.getState().seen([]);
    expect(shownOf(store)).toMatchObject({ phase: "notSent" });
    store.getState().seen(told({ ...notConfirmed, startedAt: "2026-11-24T01:00:00.000Z" }));
    expect(shownOf(store)).toMatchObject({ phase: "notSent" });
  });

  test("one that did arrive is shown as soon as the console tells of it", async () => {
    const store = storeOf(lostAfter(), { now: start - 300 });
    await store.getState().revoke("t", "ana");
    store.getState().seen(told(running));
    expect(shownOf(store)).toMatchObject({ phase: "running", failure: null });
  });

  test("an earlier one that is proved after it was asked for is its proof as well", async () => {
    const store = storeOf(lostAfter(), { now: Date.parse(receipt.finishedAt) - 500 });
    await store.getState().revoke("t", "ana");
    store.getState().seen(told(closed));
    expect(shownOf(store)).toMatchObject({ phase: "ended", progress: { outcome: { kind: "closed" } } });
  });

  test("one that was seen goes on in the console, and its proof ends it", async () => {
    const store = storeOf(lostAfter(running));
    await store.getState().revoke("t", "ana");
    expect(shownOf(store)).toMatchObject({ phase: "lost", progress: { taken: true } });
    store.getState().seen(told(closed));
    expect(shownOf(store)).toMatchObject({ phase: "ended", progress: { outcome: { kind: "closed" } } });
  });

  test("a refusal of the console itself is no lost link", async () => {
    const { client } = consoleOf({
      grants: {
        revoke: async function* () {
          yield* [];
          throw new ConsoleError("notFound", "no such target");
        },
      },
    });
    const store = storeOf(client);
    await store.getState().revoke("t", "ana");
    expect(shownOf(store)).toMatchObject({ phase: "lost", failure: { code: "notFound" } });
  });
});

describe("a console that was started again knows of no revoke", () => {
  const entry = {
    sequence: 1,
    at: receipt.finishedAt,
    phase: "outcome",
    act: "revoke",
    receiptId: "r",
    operator: "ana",
    targetId: "t",
    targetName: "T",
    command: "Disable-RemoteSupport",
    result: "closed",
    receipt,
    previousHash: "",
    hash: "",
  } as LedgerEntry;
  const withLedger = (entries: readonly LedgerEntry[]): ConsoleClient =>
    consoleOf({
      ledger: { list: async () => ({ entries, withoutOutcome: [], chain: { state: "whole", entries: 1 } }) },
    }).client;

  test("a proof in its ledger ends the one that was seen", async () => {
    const store = storeOf(withLedger([entry]));
    store.getState().seen(told(running));
    store.getState().unseen(lostLink);
    store.getState().seen([]);
    await when(store, ({ byTarget }) => byTarget["t"]?.phase === "ended");
    expect(shownOf(store)).toMatchObject({ progress: { outcome: { kind: "closed" } } });
  });

  test("without a proof it says so, and does not say that the revoke goes on", async () => {
    const store = storeOf(withLedger([]));
    store.getState().seen(told(running));
    store.getState().unseen(lostLink);
    store.getState().seen([]);
    await when(store, ({ byTarget }) => byTarget["t"]?.failure?.code === "notConfirmed");
    expect(shownOf(store)).toMatchObject({ phase: "lost" });
  });
});

describe("a revoke this page did not begin", () => {
  test("is shown as it goes, since it began", () => {
    const store = storeOf(nothing());
    store.getState().seen(told(running));
    expect(shownOf(store)).toMatchObject({ phase: "running", operator: "ben", since: start });
    store.getState().seen(told(closed));
    expect(shownOf(store)).toMatchObject({ phase: "ended" });
  });

  test("that was not confirmed becomes confirmed when the proof comes, and never goes back", () => {
    const store = storeOf(nothing());
    for (const progress of [notConfirmed, closed, notConfirmed, running])
      store.getState().seen(told(progress));
    expect(shownOf(store)).toMatchObject({ phase: "ended", progress: { outcome: { kind: "closed" } } });
  });

  test("is not seen any more while page and console are apart, and is seen again after", () => {
    const store = storeOf(nothing());
    store.getState().seen(told(running));
    store.getState().unseen(lostLink);
    expect(shownOf(store)).toMatchObject({ phase: "lost" });
    store.getState().seen(told(running));
    expect(shownOf(store)).toMatchObject({ phase: "running", failure: null });
  });

  test("is news for an hour when it is proved, and always when it is not", () => {
    const late = { now: start + 3_600_001 };
    const proved = storeOf(nothing(), late);
    proved.getState().seen(told(closed));
    expect(shownOf(proved)).toBeUndefined();
    const unproved = storeOf(nothing(), late);
    unproved.getState().seen(told(notConfirmed));
    expect(shownOf(unproved)).toMatchObject({ phase: "ended" });
  });

  test("put away it stays away, also on a page that is loaded again; the next one is shown", () => {
    const storage = new Map<string, string>();
    const store = storeOf(nothing(), { storage });
    store.getState().seen(told(closed));
    store.getState().dismiss("t");
    store.getState().seen(told(closed));
    expect(shownOf(store)).toBeUndefined();
    const loaded = storeOf(nothing(), { storage });
    loaded.getState().seen(told(closed));
    expect(shownOf(loaded)).toBeUndefined();
    loaded.getState().seen(told({ ...running, startedAt: "2026-11-24T03:00:04.000Z" }));
    expect(shownOf(loaded)).toMatchObject({ phase: "running" });
  });
});

test("a proof is past when the door is opened after it", () => {
  const store = storeOf(nothing());
  store.getState().seen(told(closed));
  const progress = {
    startedAt: "2026-11-24T03:00:04.000Z",
    stage: "asked",
    facts: [],
    doing: null,
    question: null,
    outcome: null,
  } as const;
  const request = { level: "Diagnostics", minutes: 60, operator: "a", reason: "r", caseNumber: "" } as const;
  store.getState().seen(told(closed, { request, progress }));
  expect(shownOf(store)).toBeUndefined();
});

test("a stopwatch goes on from when it was asked for here, and from the beginning of what others began", () => {
  expect(stopwatchSince(start, null)).toBe(start);
  expect(stopwatchSince(start - 400, running)).toBe(start - 400);
  expect(stopwatchSince(start + 8_000, running)).toBe(start);
});
