import { describe, expect, test } from "vitest";
import type { GrantProgress, TargetOverview, UnderWay } from "#contract";
import { aGrantRequest } from "../../testing/builders.ts";
import { unreachable } from "../../testing/scriptedEndpoints.ts";
import { startedConsole, type StartedConsole } from "../../testing/startedConsole.ts";

const never = new AbortController().signal;

/** The newest snapshot of a stream, for as long as it is watched. */
function latest<T>(stream: (signal: AbortSignal) => AsyncIterable<T>) {
  const leaving = new AbortController();
  const seen: T[] = [];
  const done = (async () => {
    for await (const item of stream(leaving.signal)) seen.push(item);
  })();
  return {
    seen,
    now: () => seen.at(-1),
    leave: async () => {
      leaving.abort();
      await done;
    },
  };
}
const underWay = ({ handlers }: StartedConsole) =>
  latest<readonly UnderWay[]>((signal) => handlers.grants.underWay({}, signal));
const doors = ({ handlers }: StartedConsole) =>
  latest<readonly TargetOverview[]>((signal) => handlers.targets.watch({}, signal));

/** An opening whose caller is this page; `step` goes on until the stage is reached. */
function opening({ handlers, target, clock }: StartedConsole) {
  const caller = new AbortController();
  const stream = handlers.grants.open(aGrantRequest({ targetId: target.id }), caller.signal);
  const items = stream[Symbol.asyncIterator]();
  let last: GrantProgress | undefined;
  const until = async (isThere: (progress: GrantProgress) => boolean): Promise<GrantProgress> => {
    while (last === undefined || !isThere(last)) {
      const next = await clock.until(items.next());
      if (next.done === true) throw new Error("it ended before");
      last = next.value;
    }
    return last;
  };
  return { until, leave: () => (caller.abort(), items.return?.()) };
}

describe("while a door is being opened", () => {
  test("it is not closed: opening from the moment in which the command left, until the reading", async () => {
    const started = await startedConsole();
    const { clock, handlers } = started;
    const watched = doors(started);
    await clock.advance(0);
    expect(watched.now()?.[0]?.door.state).toBe("closed");
    const own = opening(started);
    const { question } = await own.until((progress) => progress.question !== null);
    await clock.advance(3_000);
    expect(watched.now()?.[0]?.door.state).toBe("opening");
    await handlers.consent.answer({ questionId: question?.questionId ?? "", answer: "yes" }, never);
    await own.until((progress) => progress.outcome !== null);
    await clock.advance(1);
    expect(watched.now()?.[0]?.door.state).toBe("open");
    const states = watched.seen.map(([overview]) => overview?.door.state);
    expect(states.lastIndexOf("closed")).toBeLessThan(states.indexOf("opening"));
    // What the other endpoints answered before the grant is no disagreement with it.
    expect(states.slice(states.indexOf("opening"))).not.toContain("unknown");
    await watched.leave();
  });

  test("whose page is loaded again, the question is there for whoever looks, and may be answered", async () => {
    const started = await startedConsole();
    const own = opening(started);
    await own.until((progress) => progress.question !== null);
    void own.leave();
    const page = underWay(started);
    await started.clock.advance(60_000);
    const pending = page.now()?.[0]?.opening;
    expect(pending).toMatchObject({
      request: { operator: "Alex Operator", minutes: 480 },
      progress: { stage: "question", question: { message: "\r\nProceed with enabling remote support?" } },
    });
    const questionId = pending?.progress.question?.questionId ?? "";
    await started.handlers.consent.answer({ questionId, answer: "yes" }, never);
    await started.clock.advance(1_000);
    expect(started.stamp.grants).toHaveLength(1);
    expect(page.now()?.[0]?.opening ?? null).toBeNull();
    await page.leave();
  });

  test("and nobody looks any more, the command is stopped", async () => {
    const started = await startedConsole();
    const own = opening(started);
    await own.until((progress) => progress.question !== null);
    const page = underWay(started);
    void own.leave();
    await started.clock.advance(60_000);
    expect(page.now()?.[0]?.opening?.progress.stage).toBe("question");
    await page.leave();
    await started.clock.advance(16_000);
    expect(JSON.parse(started.ledger.written.at(-1) ?? "")).toMatchObject({
      receipt: { outcome: "notGranted", answer: "stopped" },
    });
  });

  test("a stop that came after the answer is a fact, and takes nothing back", async () => {
    const started = await startedConsole();
    const { handlers, target } = started;
    started.stamp.tells = [{ words: "Working", percent: null }];
    const own = opening(started);
    const { question } = await own.until((progress) => progress.question !== null);
    await handlers.consent.answer({ questionId: question?.questionId ?? "", answer: "yes" }, never);
    await own.until(({ stage }) => stage === "answered");
    await handlers.grants.stop({ targetId: target.id }, never);
    const { facts } = await own.until((progress) => progress.outcome !== null);
    expect(facts.some(({ text }) => text.includes("The stop came too late: the answer Yes was out"))).toBe(
      true,
    );
  });

  test("an answer that cannot be recorded is not given", async () => {
    const started = await startedConsole();
    const own = opening(started);
    const { question } = await own.until((progress) => progress.question !== null);
    started.ledger.full = true;
    await started.handlers.consent.answer({ questionId: question?.questionId ?? "", answer: "yes" }, never);
    const { outcome } = await own.until((progress) => progress.outcome !== null);
    expect(outcome).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped" } });
    expect(started.stamp.grants).toEqual([]);
  });
});

test("a revoke and its proof are there for whoever looks, also when it is over", async () => {
  const started = await startedConsole();
  const { handlers, target, clock } = started;
  started.stamp.fault = unreachable;
  const revoke = handlers.grants.revoke({ targetId: target.id, operator: "Alex", reason: "" }, never);
  const items = revoke[Symbol.asyncIterator]();
  await items.next();
  await items.return?.();
  const page = underWay(started);
  await clock.advance(5_000);
  expect(page.now()?.[0]?.revoke).toMatchObject({
    operator: "Alex",
    progress: { taken: false, outcome: null },
  });
  expect(page.now()?.[0]?.revoke?.progress.facts.map(({ text }) => text)).toContain(
    "Nothing was revoked yet: no endpoint has taken the command.",
  );
  started.stamp.fault = () => null;
  await clock.advance(5_000);
  expect(page.now()?.[0]?.revoke?.progress).toMatchObject({ taken: true, outcome: { kind: "closed" } });
  const later = underWay(started);
  await clock.advance(0);
  expect(later.now()?.[0]?.revoke?.progress.outcome).toMatchObject({ kind: "closed" });
  await Promise.all([page.leave(), later.leave()]);
});

test("a revoke that is not confirmed becomes confirmed for whoever looks when the proof comes", async () => {
  const started = await startedConsole();
  const { handlers, target, clock } = started;
  started.stamp.fault = unreachable;
  const walk = (async () => {
    for await (const _ of handlers.grants.revoke(
      { targetId: target.id, operator: "Alex", reason: "" },
      never,
    ));
  })();
  await clock.until(walk);
  const page = underWay(started);
  await clock.advance(1);
  expect(page.now()?.[0]?.revoke?.progress.outcome).toMatchObject({ kind: "notConfirmed" });
  started.stamp.fault = () => null;
  await clock.advance(70_000);
  expect(page.now()?.[0]?.revoke?.progress.outcome).toMatchObject({ kind: "closed" });
  await page.leave();
});
