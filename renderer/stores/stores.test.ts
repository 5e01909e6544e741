import { ConsoleError, usualPreferences } from "#contract";
import type { GrantProgress } from "#contract";
import { expect, test } from "vitest";
import { anOverview, aQuestion, aReceipt } from "../../electron/testing/builders.ts";
import { consoleOf } from "../../electron/testing/consoleOfFakes.ts";
import { createGrantStore } from "./createGrantStore.ts";
import { createTargetsStore } from "./createTargetsStore.ts";
import { createTranscriptStore } from "./createTranscriptStore.ts";
import { keptDrafts } from "./keptDrafts.ts";

test("a password is nowhere in the state, and a refusal is kept in words", async () => {
  const { client } = consoleOf({
    targets: {
      signIn: async () => {
        throw new ConsoleError("signInRefused", "ERCS01 did not take the account.");
      },
    },
  });
  const store = createTargetsStore(
    client,
    () => 1,
    () => Promise.resolve(),
  );
  const { signal } = new AbortController();
  await store.getState().signIn({ targetId: "t", account: "AZS\\a", password: "s3cret-word" }, signal);
  expect(store.getState().signingIn).toMatchObject({
    targetId: "t",
    work: { phase: "failed", failure: { code: "signInRefused" } },
  });
  expect(JSON.stringify(store.getState())).not.toContain("s3cret-word");
});

test("the endpoint's question waits for a person, and only the outcome ends the opening", async () => {
  const question = aQuestion({ questionId: "q", sha256: "aa", sameAsPublished: true });
  const waiting: GrantProgress = {
    startedAt: "2026-11-24T03:00:00.000Z",
    stage: "question",
    facts: [],
    doing: null,
    question,
    outcome: null,
  };
  let answered = (_answer: string): void => undefined;
  const answer = new Promise<string>((resolve) => (answered = resolve));
  const { client } = consoleOf({
    consent: {
      terms: async () => ({
        product: "P",
        source: "S",
        text: "terms",
        message: "Proceed?",
        choices: ["Yes", "No"],
        sha256: "aa",
      }),
      answer: async (input) => {
        answered(input.answer);
        return null;
      },
    },
    grants: {
      open: async function* () {
        yield waiting;
        const said = await answer;
        const outcome = {
          kind: "declined",
          receipt: aReceipt({ targetId: "t", answer: "no", outcome: "declined" }),
        };
        if (said === "no") yield { ...waiting, question: null, outcome } as GrantProgress;
      },
    },
  });
  let over = 0;
  const drafts = keptDrafts(sessionStorage);
  const store = createGrantStore(client, { now: () => 1, drafts, onOver: () => (over += 1) });
  const { start, dispatch, readTerms, open } = store.getState();
  start("t", { preferences: usualPreferences, suggestedOperator: "ana", from: null, running: null });
  await readTerms("t");
  dispatch("t", { type: "typed", field: "reason", text: "because" });
  dispatch("t", { type: "reachedEnd", sha256: "aa" });
  dispatch("t", { type: "ticked", sha256: "aa", on: true });
  dispatch("t", { type: "goTo", step: "review" });
  const asked = new Promise<void>((resolve) => {
    const leave = store.subscribe((state) => {
      const opening = state.wizards["t"]?.opening;
      if (opening?.phase !== "running" || opening.progress?.question == null) return;
      leave();
      resolve();
    });
  });
  const opened = open("t");
  await asked;
  expect(over).toBe(0);
  expect(store.getState().wizards["t"]?.opening).toMatchObject({ phase: "running", answering: null });
  await store.getState().answer("t", "q", "no");
  await opened;
  expect(store.getState().wizards["t"]?.opening).toMatchObject({
    phase: "ended",
    progress: { outcome: { kind: "declined" } },
  });
  expect(over).toBe(1);
  // A No is no reason to type it again.
  expect(drafts.read("t")).toMatchObject({ reason: "because" });
  store.getState().discard("t");
  expect(drafts.read("t")).toBeNull();
});

const shortTranscript = {
  transcriptId: "x",
  endpoint: "ERCS01",
  readAt: "2026-11-24T03:00:00Z",
  continues: null,
  live: false,
  lines: 10,
  characters: 1,
  sha256: "a".repeat(64),
  header: [],
  deviceOffsetMinutes: null,
  outline: [],
  operations: 0,
  warnings: [],
};

test("only pages that were looked at are asked for, each once", async () => {
  const asked: number[] = [];
  const { client } = consoleOf({
    transcripts: {
      open: async ({ targetId, sessionId }) => ({
        ...shortTranscript,
        targetId,
        sessionId,
        lines: 100_000,
      }),
      page: async ({ from, count }) => {
        asked.push(from);
        return { from, lines: Array.from({ length: count }, (_none, place) => `line ${from + place}`) };
      },
    },
  });
  const store = createTranscriptStore(client, () => Promise.resolve());
  await store.getState().open("t", "s", new AbortController().signal);
  const pages = () => {
    const { version } = store.getState();
    return version.phase === "done" ? version.value.pages : new Map<number, readonly string[]>();
  };
  const there = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (pages().size === 2) resolve();
    });
  });
  store.getState().need(990, 1_010);
  store.getState().need(995, 1_015);
  await there;
  expect(asked).toEqual([501, 1_001]);
  expect(pages().get(2)?.[0]).toBe("line 1001");
});

test("a transcript that nobody looks at any more is given back", async () => {
  const closed: string[] = [];
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const { client } = consoleOf({
    transcripts: {
      open: async ({ targetId, sessionId }) => ({ ...shortTranscript, targetId, sessionId }),
      close: async ({ transcriptId }) => {
        closed.push(transcriptId);
        tell();
        return null;
      },
    },
  });
  const store = createTranscriptStore(client, () => Promise.resolve());
  const leaving = new AbortController();
  await store.getState().open("t", "s", leaving.signal);
  expect(closed).toEqual([]);
  leaving.abort();
  await told;
  expect(closed).toEqual(["x"]);
});

test("an exported transcript is the machine's text to the letter, with its own line ends", async () => {
  const text = `one\r\ntwo\nthree\r\n${"x".repeat(600_000)}`;
  const { client } = consoleOf({
    transcripts: {
      open: async () => ({ ...shortTranscript, targetId: "t", sessionId: "s", characters: text.length }),
      text: async ({ from, count }) => ({ text: text.slice(from, from + count) }),
    },
  });
  const store = createTranscriptStore(client, () => Promise.resolve());
  await store.getState().open("t", "s", new AbortController().signal);
  const saved: string[] = [];
  await store.getState().exportText((all) => void saved.push(all));
  expect(saved).toEqual([text]);
  expect(store.getState().exporting).toEqual({ phase: "idle" });
});

test("doors grow old with a lost console: none stays closed on an answer that is too old", async () => {
  const overview = anOverview({}, { answeredBy: "ERCS01", answeredAt: "2026-11-24T03:00:00.000Z" });
  const { client, lose } = consoleOf({
    targets: {
      watch: async function* (_input, signal) {
        yield [overview];
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      },
    },
  });
  let now = Date.parse("2026-11-24T03:00:10Z");
  const seen: string[] = [];
  const store = createTargetsStore(
    client,
    () => now,
    async (milliseconds) => {
      seen.push(store.getState().overviews?.[0]?.door.state ?? "");
      now += milliseconds;
    },
  );
  const there = new Promise<void>((resolve) => {
    const leave = store.subscribe(({ overviews }) => {
      if (overviews === null) return;
      leave();
      resolve();
    });
  });
  const watched = store.getState().watch(new AbortController().signal);
  await there;
  lose();
  await watched;
  expect(seen).toEqual(["closed"]);
  expect(store.getState()).toMatchObject({
    trouble: { code: "channelLost" },
    overviews: [{ door: { state: "unknown" } }],
  });
});
