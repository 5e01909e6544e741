import { describe, expect, test, vi } from "vitest";
import type { GrantProgress, LedgerEntry } from "#contract";
import { aGrantRequest } from "../../testing/builders.ts";
import { startedConsole, type StartedConsole } from "../../testing/startedConsole.ts";
import { unreachable } from "../../testing/scriptedEndpoints.ts";

const never = new AbortController().signal;

/** Another console over the same ledger, settings and stamp, as after a kill: the process before is no more. */
async function startedAgain(before: StartedConsole): Promise<StartedConsole> {
  const { ledger, stamp, settings, clock } = before;
  const next = await startedConsole({
    ledger: { ...ledger, process: { own: "the next process", isAtWork: () => false } },
    endpoints: stamp,
    settings,
    clock,
  });
  return { ...next, ledger, stamp, settings, clock };
}

/** Opens a grant up to its question, or past a Yes, and leaves everything as it is. */
async function openedUpTo(stage: "question" | "answered", started: StartedConsole): Promise<void> {
  const { handlers, target, clock, stamp } = started;
  stamp.tells = [{ words: "Working", percent: null }];
  const request = aGrantRequest({ targetId: target.id, reason: "storage is slow", caseNumber: "2611210001" });
  const opening = handlers.grants.open(request, never)[Symbol.asyncIterator]();
  let last: GrantProgress | undefined;
  while (last?.question == null) last = (await clock.until(opening.next())).value;
  if (stage === "question") return;
  await handlers.consent.answer({ questionId: last.question.questionId, answer: "yes" }, never);
  while (last?.stage !== "answered") last = (await clock.until(opening.next())).value;
}

const entriesOf = ({ ledger }: StartedConsole): readonly LedgerEntry[] =>
  ledger.written.map((line) => JSON.parse(line));

/** The console before neither goes on nor writes: its process is gone. Gives what makes the file writable again. */
function kill({ stamp, ledger }: StartedConsole): () => void {
  const gone = vi.spyOn(ledger, "alone").mockRejectedValue(new Error("this process is no more"));
  stamp.tells = [];
  return () => {
    gone.mockRestore();
  };
}

describe("a console that was killed", () => {
  test("has written the whole request before anything was sent, and the answer before it went out", async () => {
    const started = await startedConsole();
    await openedUpTo("answered", started);
    expect(entriesOf(started)).toMatchObject([
      {
        phase: "intent",
        operator: "Alex Operator",
        request: { level: "Diagnostics", minutes: 480, reason: "storage is slow", caseNumber: "2611210001" },
      },
      { phase: "answer", answer: { endpoint: "ERCS01", answer: "yes", by: "person" } },
    ]);
    const [, answered] = entriesOf(started);
    expect(answered?.answer?.termsText).toMatch(/Proceed with enabling remote support\?\n\n\[Yes\] \[No\]$/);
  });

  test("leaves a grant whose record the next reading of its target completes", async () => {
    const before = await startedConsole();
    await openedUpTo("answered", before);
    const revive = kill(before);
    await before.clock.advance(20_000);
    revive();
    const again = await startedAgain(before);
    expect(again.stamp.grants).toHaveLength(1);
    const { grants } = await again.handlers.grants.list({ targetId: before.target.id }, never);
    expect(entriesOf(again).at(-1)).toMatchObject({
      phase: "resolved",
      receipt: { outcome: "granted", endpoint: "ERCS01", reason: "storage is slow", answer: "yes" },
    });
    expect(grants).toHaveLength(1);
    const later = await again.handlers.grants.list({ targetId: before.target.id }, never);
    expect(later.grants[0]?.record).toMatchObject({ reason: "storage is slow", caseNumber: "2611210001" });
    expect(entriesOf(again)).toHaveLength(3);
    expect((await again.handlers.ledger.list({}, never)).withoutOutcome).toEqual([]);
  });

  test("shows as last known open what it opened and cannot read", async () => {
    const before = await startedConsole();
    await openedUpTo("answered", before);
    const again = await startedAgain(before);
    again.stamp.fault = unreachable;
    const leaving = new AbortController();
    const done = (async () => {
      for await (const overviews of again.handlers.targets.watch({}, leaving.signal)) {
        const door = overviews.find(({ target }) => target.id === before.target.id)?.door;
        if (door?.lastKnown !== null && door?.trouble !== null) return door;
      }
      return undefined;
    })();
    await again.clock.advance(1_000);
    expect(await done).toMatchObject({
      state: "unknown",
      lastKnown: { operator: "Alex Operator", certain: false },
    });
    leaving.abort();
  });

  test("before anybody answered leaves nothing, which is said once it cannot land any more", async () => {
    const before = await startedConsole();
    await openedUpTo("question", before);
    const revive = kill(before);
    await before.clock.advance(20_000);
    revive();
    const again = await startedAgain(before);
    await again.handlers.grants.list({ targetId: before.target.id }, never);
    expect(entriesOf(again).at(-1)?.phase).toBe("intent");
    await again.clock.advance(10 * 60_000);
    await again.handlers.grants.list({ targetId: before.target.id }, never);
    expect(entriesOf(again).at(-1)).toMatchObject({
      phase: "resolved",
      receipt: { outcome: "notGranted", reason: "storage is slow" },
    });
  });
});

test("what another process is at work on is not resolved beside it", async () => {
  const started = await startedConsole();
  await openedUpTo("question", started);
  const [intent] = entriesOf(started);
  expect(intent?.process).toBe("this process");
  const beside = await startedConsole({
    ledger: { ...started.ledger, process: { own: "beside", isAtWork: (mark) => mark === "this process" } },
    endpoints: started.stamp,
    settings: started.settings,
    clock: started.clock,
  });
  await started.clock.advance(11 * 60_000);
  await beside.handlers.grants.list({ targetId: started.target.id }, never);
  expect(entriesOf(started).filter(({ phase }) => phase === "resolved")).toEqual([]);
  expect((await beside.handlers.ledger.list({}, never)).withoutOutcome).toEqual([]);
});
