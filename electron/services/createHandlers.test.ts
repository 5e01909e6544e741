import { describe, expect, test } from "vitest";
import type { Ladder, TargetOverview } from "#contract";
import { aGrant, aGrantRequest, aNewTarget, aSession } from "../testing/builders.ts";
import { unreachable } from "../testing/scriptedEndpoints.ts";
import { startedConsole, type StartedConsole } from "../testing/startedConsole.ts";

const never = new AbortController().signal;

/** Watches all doors; `overview` is the newest snapshot. */
function watching({ handlers }: StartedConsole) {
  const leaving = new AbortController();
  let overview: readonly TargetOverview[] = [];
  const done = (async () => {
    for await (overview of handlers.targets.watch({}, leaving.signal)) continue;
  })();
  const leave = async (): Promise<void> => {
    leaving.abort();
    await done;
  };
  return { overview: () => overview, door: () => overview.at(-1)?.door, leave };
}

const readingsOf = (started: StartedConsole): number =>
  started.stamp.arrived.filter((line) => line === "ERCS01 readSessions").length;

describe("watching doors", () => {
  test("a door is read at once, then every 30 s closed, 10 s open and 3 s with someone inside", async () => {
    const started = await startedConsole();
    const { clock, stamp } = started;
    const watch = watching(started);
    const during = async (milliseconds: number): Promise<number> => {
      const before = readingsOf(started);
      await clock.advance(milliseconds);
      return readingsOf(started) - before;
    };
    expect(await during(0)).toBe(1);
    expect(watch.door()?.state).toBe("closed");
    expect(await during(60_000)).toBe(2);
    stamp.grants = [aGrant()];
    await clock.advance(30_000);
    expect(watch.door()?.state).toBe("open");
    expect(await during(60_000)).toBe(6);
    stamp.sessions = [aSession({ startedAt: clock.now().toISOString(), endedAt: null, running: true })];
    await clock.advance(10_000);
    expect(watch.door()?.state).toBe("inside");
    expect(await during(30_000)).toBe(10);
    await watch.leave();
  });

  test("all streams share one reader, and nothing is read when nobody looks", async () => {
    const started = await startedConsole();
    const first = watching(started);
    const second = watching(started);
    await started.clock.advance(0);
    expect(readingsOf(started)).toBe(1);
    await first.leave();
    await started.clock.advance(30_000);
    expect(readingsOf(started)).toBe(2);
    await second.leave();
    await started.clock.advance(600_000);
    expect(readingsOf(started)).toBe(2);
  });

  test("a closed door turns to unknown when its reading is too old, and tries come slower and slower", async () => {
    const started = await startedConsole();
    const watch = watching(started);
    await started.clock.advance(0);
    started.stamp.fault = unreachable;
    await started.clock.advance(60_000);
    expect(watch.door()).toMatchObject({ state: "closed", trouble: { code: "unreachable" } });
    await started.clock.advance(31_000);
    expect(watch.door()).toMatchObject({ state: "unknown", answeredBy: "ERCS01" });
    const before = started.stamp.arrived.length;
    await started.clock.advance(60_000);
    expect(started.stamp.arrived.length - before).toBeLessThanOrEqual(3 * 3);
    await watch.leave();
  });

  test("what was not understood of an old visit is not forgotten by a reading of the last day", async () => {
    const started = await startedConsole();
    started.stamp.unclearHistory = { since: "2026-11-15T00:00:00.000Z", text: "Id : 7f3c, EndTime : nil" };
    const watch = watching(started);
    await started.clock.advance(0);
    expect(watch.door()?.state).toBe("unknown");
    await started.clock.advance(120_000);
    expect(watch.door()).toMatchObject({ state: "unknown", trouble: { code: "badAnswer" } });
    started.stamp.unclearHistory = null;
    await started.clock.advance(30_000);
    expect(watch.door()?.state).toBe("closed");
    await watch.leave();
  });

  test("endpoints that disagree make the door unknown until they agree", async () => {
    const started = await startedConsole();
    started.stamp.ownGrants.set("ERCS02", [aGrant()]);
    const watch = watching(started);
    await started.clock.advance(0);
    expect(watch.door()).toMatchObject({ state: "unknown", trouble: { code: "badAnswer" } });
    started.stamp.ownGrants.clear();
    await started.clock.advance(10_000);
    expect(watch.door()?.state).toBe("closed");
    await watch.leave();
  });

  test("a password that is refused while watching is tried once and then no more", async () => {
    const started = await startedConsole();
    const watch = watching(started);
    await started.clock.advance(0);
    started.stamp.password = "changed meanwhile";
    started.stamp.arrived.length = 0;
    await started.clock.advance(3_600_000);
    expect(started.stamp.arrived).toEqual(["ERCS01 open"]);
    expect(watch.overview()[0]).toMatchObject({
      signedIn: false,
      door: { trouble: { code: "signInRefused" } },
    });
    await watch.leave();
  });

  test("a revoke shows closing, and not confirmed until a later reading proves it closed", async () => {
    const started = await startedConsole();
    const { clock, handlers, stamp, target } = started;
    stamp.grants = [aGrant()];
    stamp.ownGrants.set("ERCS02", [aGrant()]);
    let isDown = true;
    stamp.fault = (endpoint, step) =>
      isDown && endpoint === "ERCS02" && step === "disable" ? unreachable(endpoint) : null;
    const watch = watching(started);
    await clock.advance(0);
    const revoke = (async () => {
      for await (const _ of handlers.grants.revoke(
        { targetId: target.id, operator: "Alex", reason: "" },
        never,
      ));
    })();
    await clock.advance(1_000);
    expect(watch.door()?.state).toBe("closing");
    await clock.until(revoke);
    await clock.advance(3_000);
    expect(watch.door()?.state).toBe("notConfirmed");
    isDown = false;
    stamp.ownGrants.clear();
    await clock.advance(400_000);
    expect(watch.door()?.state).toBe("closed");
    await watch.leave();
  });

  test("sessions are watched through the same reader and filtered by their start", async () => {
    const started = await startedConsole();
    started.stamp.sessions = [aSession(), aSession({ id: "old", startedAt: "2026-10-01T00:00:00.000Z" })];
    const leaving = new AbortController();
    const seen: number[] = [];
    const done = (async () => {
      const input = { targetId: started.target.id, from: "2026-11-01T00:00:00.000Z" };
      for await (const { reading } of started.handlers.sessions.watch(input, leaving.signal))
        if (reading !== null) seen.push(reading.sessions.length);
    })();
    await started.clock.advance(0);
    leaving.abort();
    await done;
    expect(new Set(seen)).toEqual(new Set([1]));
    const all = await started.handlers.sessions.list({ targetId: started.target.id, from: null }, never);
    expect(all.sessions.map((session) => session.id)).toEqual([aSession().id, "old"]);
  });
});

describe("targets", () => {
  test("a sign-in goes on to the next endpoint when one is down, and never after a refusal", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.fault = (endpoint) => (endpoint === "ERCS01" ? unreachable(endpoint) : null);
    const signIn = (password: string) =>
      handlers.targets.signIn({ targetId: target.id, account: "AZS\\other", password }, never);
    expect(await signIn(stamp.password)).toMatchObject({ account: "AZS\\other" });
    expect(stamp.arrived).toEqual(["ERCS01 signIn", "ERCS02 signIn"]);
    stamp.fault = () => null;
    stamp.arrived.length = 0;
    await expect(signIn("wrong")).rejects.toMatchObject({ code: "signInRefused" });
    expect(stamp.arrived).toEqual(["ERCS01 signIn"]);
  });

  test("a password reaches neither the settings, nor the ledger, nor the log", async () => {
    const started = await startedConsole();
    started.stamp.fault = unreachable;
    const { id } = started.target;
    await started.handlers.grants.list({ targetId: id }, never).catch(() => undefined);
    const everything = [started.settings.read(), started.ledger.written, started.logged()];
    expect(JSON.stringify(everything)).not.toContain(started.stamp.password);
  });

  test("names and addresses are unique, and what is removed is gone", async () => {
    const { handlers, target } = await startedConsole();
    await expect(handlers.targets.add(aNewTarget({ name: "CONTOSO" }), never)).rejects.toThrow(
      "named CONTOSO already",
    );
    const [endpoint] = aNewTarget().endpoints;
    const twice = aNewTarget({ name: "Other", endpoints: [endpoint!, { ...endpoint!, name: "ERCS09" }] });
    await expect(handlers.targets.add(twice, never)).rejects.toThrow("same address");
    await handlers.targets.remove({ targetId: target.id }, never);
    await expect(handlers.grants.list({ targetId: target.id }, never)).rejects.toMatchObject({
      code: "notFound",
    });
  });

  test("a sign-out leaves the addresses of its own target, but those that another target uses too", async () => {
    const { handlers, stamp, target } = await startedConsole();
    const [shared, ...own] = target.endpoints;
    const account = target.account;
    const wanted = { ...aNewTarget({ name: "Other" }), endpoints: [shared!] };
    const other = await handlers.targets.add(wanted, never);
    await handlers.targets.signIn({ targetId: other.id, account, password: stamp.password }, never);
    await handlers.targets.signOut({ targetId: target.id }, never);
    expect(stamp.left).toEqual(own.map(({ host }) => host));
    await handlers.targets.signOut({ targetId: other.id }, never);
    expect(stamp.left.at(-1)).toBe(shared?.host);
  });

  test("nobody is signed out of a target to which something is being done", async () => {
    const { handlers, stamp, target } = await startedConsole();
    const opening = handlers.grants.open(aGrantRequest({ targetId: target.id }), never);
    const stream = opening[Symbol.asyncIterator]();
    await stream.next();
    await expect(handlers.targets.signOut({ targetId: target.id }, never)).rejects.toThrow(
      "Something is being done to this target. Wait for its end, then sign out.",
    );
    expect(stamp.left).toEqual([]);
    await stream.return?.();
  });

  test("the practice stamp is first, signed in by itself, and not in the settings", async () => {
    const { handlers, settings, target } = await startedConsole();
    const practice = await handlers.targets.startPractice({}, never);
    expect((await handlers.targets.list({}, never)).map((each) => each.id)).toEqual([practice.id, target.id]);
    expect(practice.practice).toBe(true);
    expect(settings.read().targets.map((each) => each.id)).toEqual([target.id]);
    expect((await handlers.grants.list({ targetId: practice.id }, never)).endpoint).toBe("ERCS01");
  });

  test("the check stops trying a password after the first endpoint refused it", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.password = "changed meanwhile";
    let ladder: Ladder | null = null;
    for await (ladder of handlers.targets.check({ targetId: target.id }, never)) continue;
    const signIns = ladder?.rungs.filter((rung) => rung.step === "signIn").map((rung) => rung.state);
    expect(ladder?.finished).toBe(true);
    expect(signIns).toEqual(["failed", "notTested", "notTested"]);
    // And nobody tries it again by looking once more.
    const again = handlers.grants.list({ targetId: target.id }, never);
    await expect(again).rejects.toMatchObject({ code: "signInNeeded" });
  });

  test("a sign-in that only failed is tried at the next endpoint", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.fault = (endpoint, step) =>
      endpoint === "ERCS01" && step === "signIn" ? unreachable(endpoint) : null;
    let ladder: Ladder | null = null;
    for await (ladder of handlers.targets.check({ targetId: target.id }, never)) continue;
    const signIns = ladder?.rungs.filter((rung) => rung.step === "signIn").map((rung) => rung.state);
    expect(signIns).toEqual(["failed", "passed", "passed"]);
  });

  test("the check after a refused sign-in says what was refused, and tries no password", async () => {
    const { handlers, stamp, target } = await startedConsole();
    const { id: targetId } = target;
    await handlers.targets.signOut({ targetId }, never);
    const signIn = handlers.targets.signIn({ targetId, account: "a", password: "wrong" }, never);
    await expect(signIn).rejects.toMatchObject({ code: "signInRefused" });
    stamp.arrived.length = 0;
    let ladder: Ladder | null = null;
    for await (ladder of handlers.targets.check({ targetId }, never)) continue;
    const signIns = ladder?.rungs.filter((rung) => rung.step === "signIn");
    expect(signIns?.map((rung) => rung.state)).toEqual(["failed", "notTested", "notTested"]);
    expect(signIns?.[0]?.found).toContain("did not take the account and password");
    expect(signIns?.[1]?.found).toContain("the sign-in was refused");
    expect(stamp.arrived).toEqual([]);
  });

  test("all endpoints failing is told with what each said", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.fault = unreachable;
    const list = handlers.grants.list({ targetId: target.id }, never);
    await expect(list).rejects.toMatchObject({ code: "unreachable", remedy: "retry" });
    await expect(list).rejects.toThrow("ERCS03 did not answer");
  });
});

describe("transcripts", () => {
  const stars = "**********************";
  const ended = `${stars}\nWindows PowerShell transcript start\nStart time: 20261120150000\n${stars}\nPS>CommandInvocation(Get-Command): "Get-Command"\n${stars}\nWindows PowerShell transcript end\n${stars}\n`;
  const { id: sessionId } = aSession();

  test("an ended one is read once, paged and searched from memory, and survives closing", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.sessions = [aSession()];
    stamp.transcripts.set(sessionId, ended);
    const open = { targetId: target.id, sessionId };
    const facts = await handlers.transcripts.open(open, never);
    const { transcriptId } = facts;
    expect(facts).toMatchObject({
      lines: 8,
      operations: 1,
      live: false,
      deviceOffsetMinutes: -420,
      warnings: [],
    });
    const page = await handlers.transcripts.page({ transcriptId, from: 7, count: 100 }, never);
    expect(page.lines).toEqual(["Windows PowerShell transcript end", stars]);
    expect(await handlers.transcripts.find({ transcriptId, text: "GET-", matchCase: false }, never)).toEqual({
      lines: [5],
      total: 1,
    });
    expect(await handlers.transcripts.text({ transcriptId, from: 0, count: 500_000 }, never)).toEqual({
      text: ended,
    });
    await handlers.transcripts.close({ transcriptId }, never);
    await handlers.transcripts.open(open, never);
    expect(stamp.arrived.filter((line) => line.endsWith("readTranscript"))).toHaveLength(1);
  });

  test("a running one is read again, and a copy that changed on the target is told", async () => {
    const { handlers, stamp, target } = await startedConsole();
    stamp.sessions = [aSession({ endedAt: null, running: true })];
    stamp.transcripts.set(sessionId, ended.slice(0, 120));
    const open = { targetId: target.id, sessionId };
    expect((await handlers.transcripts.open(open, never)).live).toBe(true);
    stamp.transcripts.set(sessionId, ended);
    expect((await handlers.transcripts.open(open, never)).warnings).toEqual([]);
    stamp.transcripts.set(sessionId, ended.slice(0, 100));
    expect((await handlers.transcripts.open(open, never)).warnings[0]).toContain("is shorter than the copy");
  });

  test("a session that is unknown or has no transcript says so", async () => {
    const { handlers, stamp, target } = await startedConsole();
    const open = { targetId: target.id, sessionId };
    await expect(handlers.transcripts.open(open, never)).rejects.toThrow("ERCS01 knows no session");
    stamp.sessions = [aSession({ endedAt: null, running: true })];
    await expect(handlers.transcripts.open(open, never)).rejects.toMatchObject({
      code: "notFound",
      remedy: "retry",
    });
  });
});

test("closing the console stops an opening and records it", async () => {
  const { handlers, close, ledger, target } = await startedConsole();
  const opening = handlers.grants.open(aGrantRequest({ targetId: target.id }), never);
  const stream = opening[Symbol.asyncIterator]();
  let last = await stream.next();
  while (last.value?.question === null) last = await stream.next();
  await close();
  expect(JSON.parse(ledger.written[1] ?? "")).toMatchObject({
    receipt: { answer: "stopped", outcome: "notGranted" },
  });
});
