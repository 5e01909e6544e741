import { describe, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import type {
  Doing,
  GrantOutcome,
  GrantProgress,
  GrantRequest,
  GrantsWatch,
  RevokeProgress,
} from "#contract";
import { aGrant, aGrantRequest, aNewTarget, aSession } from "../../testing/builders.ts";
import { broken, unreachable, type Step } from "../../testing/scriptedEndpoints.ts";
import { startedConsole, type StartedConsole } from "../../testing/startedConsole.ts";
import { publishedTerms } from "../consent/termsText.ts";
import { sha256 } from "../../testing/startedConsole.ts";

const never = new AbortController().signal;
const published = publishedTerms({ uuid: () => "", sha256 }).sha256;

type Reaction = "yes" | "no" | "stop" | "leave";

/** Opens a grant and reacts to its question once; gives the last progress (null when the caller left). */
async function open(
  started: StartedConsole,
  reaction: Reaction,
  about: Partial<GrantRequest> = {},
): Promise<GrantProgress | null> {
  const { handlers, target, clock } = started;
  const walk = async (): Promise<GrantProgress | null> => {
    let last: GrantProgress | null = null;
    let reacted = false;
    const request = aGrantRequest({ targetId: target.id, ...about });
    for await (last of handlers.grants.open(request, never)) {
      if (last.question === null || reacted) continue;
      reacted = true;
      const { questionId } = last.question;
      if (reaction === "leave") return null;
      if (reaction === "stop") await handlers.grants.stop({ targetId: target.id }, never);
      else await handlers.consent.answer({ questionId, answer: reaction }, never);
    }
    return last;
  };
  return clock.until(walk());
}

/** An opening that was answered Yes, and whose endpoints have been silent since. */
async function silentAfterYes() {
  const started = await startedConsole();
  let isDown = false;
  started.stamp.fault = (endpoint, step) => {
    if (step !== "enabled") return isDown && step === "open" ? unreachable(endpoint) : null;
    isDown = true;
    return broken(endpoint);
  };
  const { handlers, target } = started;
  const walk = async (): Promise<GrantProgress | null> => {
    let last: GrantProgress | null = null;
    for await (last of handlers.grants.open(aGrantRequest({ targetId: target.id }), never))
      if (last.question !== null)
        await handlers.consent.answer({ questionId: last.question.questionId, answer: "yes" }, never);
    return last;
  };
  return { started, opening: walk() };
}

const outcomeOf = (progress: GrantProgress | null): GrantOutcome => {
  const outcome = progress?.outcome ?? null;
  if (outcome === null) throw new Error("no outcome");
  return outcome;
};

const onlyAt =
  (step: Step, error: (endpoint: string) => Error, endpoints = ["ERCS01", "ERCS02", "ERCS03"]) =>
  (endpoint: string, at: Step): Error | null =>
    at === step && endpoints.includes(endpoint) ? error(endpoint) : null;

async function revoke(started: StartedConsole): Promise<RevokeProgress> {
  const { handlers, target, clock } = started;
  const walk = async (): Promise<RevokeProgress> => {
    let last: RevokeProgress | null = null;
    const request = { targetId: target.id, operator: "Alex", reason: "" };
    for await (last of handlers.grants.revoke(request, never)) continue;
    if (last === null) throw new Error("no progress");
    return last;
  };
  return clock.until(walk());
}

describe("opening the door", () => {
  test("a Yes is a grant when a fresh reading shows it, with receipt, ledger and preferences", async () => {
    const started = await startedConsole();
    const progress = await open(started, "yes");
    const outcome = outcomeOf(progress);
    expect(outcome).toMatchObject({
      kind: "granted",
      grant: { expiresAt: "2026-11-21T11:10:00.000Z", record: { caseNumber: "2611210001" } },
      receipt: { answer: "yes", answeredBy: "person", endpoint: "ERCS01", termsSha256: published },
    });
    expect(progress?.facts.map((fact) => fact.kind)).toEqual([
      "connecting",
      "asked",
      "question",
      "answered",
      "said",
      "accepted",
      "readBack",
      "confirmed",
    ]);
    expect(started.ledger.written.map((line) => JSON.parse(line).phase)).toEqual([
      "intent",
      "answer",
      "outcome",
    ]);
    expect(started.settings.read().preferences).toMatchObject({ operator: "Alex Operator", minutes: 480 });
    const listed = await started.handlers.grants.list({ targetId: started.target.id }, never);
    expect(listed.grants[0]?.record).toMatchObject({ operator: "Alex Operator", reason: "storage is slow" });
  });

  test("the question carries the endpoint's own text and says whether its words are the published ones", async () => {
    const started = await startedConsole();
    const request = aGrantRequest({ targetId: started.target.id });
    const stream = started.handlers.grants.open(request, never)[Symbol.asyncIterator]();
    let question = null;
    while (question === null) question = (await stream.next()).value?.question;
    expect(question).toMatchObject({ text: started.stamp.terms, sha256: published, sameAsPublished: true });
    await stream.return?.();
  });

  test("a question without a text shows the published one and says so, and binds nobody beforehand", async () => {
    const started = await startedConsole();
    started.stamp.terms = " \r\n";
    const request = aGrantRequest({ targetId: started.target.id });
    const stream = started.handlers.grants.open(request, never)[Symbol.asyncIterator]();
    let question = null;
    while (question === null) question = (await stream.next()).value?.question;
    expect(question).toMatchObject({ sentNoText: true, sha256: published, sameAsPublished: true });
    expect(question?.text).toContain("Microsoft Support Engineer");
    await stream.return?.();
    const another = await startedConsole();
    another.stamp.terms = "";
    const beforehand = await open(another, "yes", { agreedTermsSha256: published });
    expect(outcomeOf(beforehand)).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped" } });
  });

  test("a second question is not answered by the Yes to the first", async () => {
    const started = await startedConsole();
    started.stamp.secondQuestion = { caption: "And more?", message: "", choices: [], understood: false };
    const { receipt } = outcomeOf(await open(started, "yes"));
    expect(receipt).toMatchObject({ answer: "stopped", answeredBy: null });
    expect(receipt.facts.map(({ text }) => text).join(" ")).toContain('Its words: "And more?"');
    expect(started.stamp.grants).toEqual([]);
  });

  test("what the endpoint says it is doing is shown as long as it lasts, and each of its sentences is a fact", async () => {
    const started = await startedConsole();
    const working = (percent: number): Doing => ({ words: "Installing the agent", percent });
    started.stamp.tells = [working(10), working(60), { words: "Starting it", percent: null }, null];
    const { handlers, target, clock } = started;
    const shown: (Doing | null)[] = [];
    let last: GrantProgress | null = null;
    const walk = async (): Promise<void> => {
      for await (last of handlers.grants.open(aGrantRequest({ targetId: target.id }), never)) {
        if (last.doing !== (shown.at(-1) ?? null)) shown.push(last.doing);
        const { question } = last;
        if (question !== null)
          await handlers.consent
            .answer({ questionId: question.questionId, answer: "yes" }, never)
            .catch(() => undefined);
      }
    };
    await clock.until(walk());
    expect(shown).toEqual(started.stamp.tells);
    const said = (last as GrantProgress | null)?.facts.filter(({ kind }) => kind === "said");
    expect(said?.map(({ text }) => text)).toEqual([
      "Installing the agent",
      "Starting it",
      "Remote Support successfully Enabled.",
    ]);
  });

  test("a No is a refusal that the reading confirms", async () => {
    const started = await startedConsole();
    expect(outcomeOf(await open(started, "no"))).toMatchObject({
      kind: "declined",
      receipt: { answer: "no" },
    });
    expect(started.stamp.grants).toEqual([]);
  });

  test("a stop answers nothing, leaves no grant, and the stream tells its outcome", async () => {
    const started = await startedConsole();
    expect(outcomeOf(await open(started, "stop"))).toMatchObject({
      kind: "notGranted",
      because: { code: "cancelled" },
      receipt: { answer: "stopped", answeredBy: null },
    });
    expect(started.stamp.grants).toEqual([]);
  });

  test("where nobody looks any more the command is stopped after a grace, and what it left is read back and recorded", async () => {
    const started = await startedConsole();
    expect(await open(started, "leave")).toBeNull();
    await started.clock.advance(14_000);
    expect(started.ledger.written).toHaveLength(1);
    await started.clock.advance(1_000);
    expect(started.stamp.arrived.slice(-2)).toEqual(["ERCS01 readAccess", "ERCS01 readSessions"]);
    expect(JSON.parse(started.ledger.written[1] ?? "")).toMatchObject({
      phase: "outcome",
      receipt: { outcome: "notGranted", answer: "stopped" },
    });
  });

  test("terms agreed to beforehand are answered Yes by their hash alone, and other terms stop the command", async () => {
    const started = await startedConsole();
    const agreed = await open(started, "no", { agreedTermsSha256: published });
    expect(outcomeOf(agreed)).toMatchObject({ kind: "granted", receipt: { answeredBy: "terms" } });
    started.stamp.grants = [];
    started.stamp.terms = "You agree to something else.";
    const refused = outcomeOf(await open(started, "no", { agreedTermsSha256: published }));
    expect(refused).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped", answeredBy: null } });
    expect(started.stamp.grants).toEqual([]);
  });

  test("a grant from before is never taken for the new one", async () => {
    const started = await startedConsole();
    started.stamp.grants = [aGrant()];
    started.stamp.fault = onlyAt("enable", broken);
    expect(outcomeOf(await open(started, "yes"))).toMatchObject({ kind: "notKnown" });
  });

  test("a conversation that breaks after the Yes is read back on another endpoint, and never asked again", async () => {
    const started = await startedConsole();
    started.stamp.fault = (endpoint, step) => {
      if (step === "enabled") return broken(endpoint);
      const gone = started.stamp.grants.length > 0 && endpoint === "ERCS01";
      return gone && step === "open" ? unreachable(endpoint) : null;
    };
    const progress = await open(started, "yes");
    expect(outcomeOf(progress)).toMatchObject({ kind: "granted", receipt: { endpoint: "ERCS01" } });
    expect(progress?.facts.findLast((fact) => fact.kind === "readBack")?.endpoint).toBe("ERCS02");
    expect(started.stamp.arrived.filter((line) => line.endsWith(" enable"))).toEqual(["ERCS01 enable"]);
  });

  test("where no endpoint can be read afterwards the outcome is not known", async () => {
    const started = await startedConsole();
    started.stamp.fault = (endpoint, step) => {
      if (step === "enabled") return broken(endpoint);
      return started.stamp.grants.length > 0 && step === "open" ? unreachable(endpoint) : null;
    };
    expect(outcomeOf(await open(started, "yes"))).toMatchObject({ kind: "notKnown" });
  });

  test("a target whose WinRM restarts is read again until it answers, ever more rarely and with the reason", async () => {
    const started = await startedConsole();
    let brokeAt: number | null = null;
    started.stamp.fault = (endpoint, step) => {
      if (step === "enabled") {
        brokeAt = started.clock.monotonic();
        return broken(endpoint);
      }
      const isDown = brokeAt !== null && started.clock.monotonic() - brokeAt < 5 * 60_000;
      return isDown && step === "open" ? unreachable(endpoint) : null;
    };
    const progress = await open(started, "yes");
    expect(outcomeOf(progress)).toMatchObject({ kind: "granted" });
    const waits = progress?.facts.flatMap(
      ({ kind, text }) => (kind === "retrying" && /again in (\d+) s/.exec(text)?.[1]) || [],
    );
    expect(waits).toEqual(["1", "2", "4", "8", "16", ...Array.from({ length: 9 }, () => "30")]);
    const reason = progress?.facts.findLast(({ text }) => text.includes("again in"))?.text;
    expect(reason).toMatch(/did not answer on port 5985.*WinRM may be restarting/);
    expect(started.stamp.arrived.filter((line) => line.endsWith(" enable"))).toHaveLength(1);
  });

  test("one that stays silent is not known after six minutes", async () => {
    const started = await startedConsole();
    let isDown = false;
    started.stamp.fault = (endpoint, step) => {
      if (step !== "enabled") return isDown && step === "open" ? unreachable(endpoint) : null;
      isDown = true;
      return broken(endpoint);
    };
    const progress = await open(started, "yes");
    expect(outcomeOf(progress)).toMatchObject({ kind: "notKnown" });
    expect(started.clock.monotonic()).toBeGreaterThanOrEqual(360_000);
    expect(started.clock.monotonic()).toBeLessThan(400_000);
  });

  test("after a stop that answered nothing it is waited for a minute only", async () => {
    const started = await startedConsole();
    let isDown = false;
    started.stamp.fault = (endpoint, step) => {
      if (step === "enable") isDown = true;
      return isDown && step === "open" ? unreachable(endpoint) : null;
    };
    expect(outcomeOf(await open(started, "stop"))).toMatchObject({
      kind: "notKnown",
      receipt: { answer: "stopped" },
    });
    expect(started.clock.monotonic()).toBeGreaterThanOrEqual(60_000);
    expect(started.clock.monotonic()).toBeLessThan(100_000);
  });

  test("a sign-in that is refused at the reading is not waited for", async () => {
    const started = await startedConsole();
    let isDown = false;
    started.stamp.fault = (endpoint, step) => {
      if (step === "enabled") {
        isDown = true;
        return broken(endpoint);
      }
      if (isDown && step === "open") return new ConsoleError("signInRefused", "no");
      return null;
    };
    expect(outcomeOf(await open(started, "yes"))).toMatchObject({ kind: "notKnown" });
    expect(started.clock.monotonic()).toBeLessThan(1_000);
    expect(started.stamp.arrived.filter((line) => line.endsWith(" open"))).toHaveLength(2);
  });

  test("a stop after the Yes that may not have arrived does not shut the door in words", async () => {
    const started = await startedConsole();
    started.stamp.tells = [{ words: "Installing the agent", percent: null }];
    const { handlers, target, clock, stamp } = started;
    stamp.lostStop = broken;
    let stopped = false;
    let last: GrantProgress | null = null;
    const walk = async (): Promise<void> => {
      for await (last of handlers.grants.open(aGrantRequest({ targetId: target.id }), never)) {
        if (last.question !== null)
          await handlers.consent.answer({ questionId: last.question.questionId, answer: "yes" }, never);
        else if (last.doing !== null && last.outcome === null && !stopped) {
          stopped = true;
          await handlers.grants.stop({ targetId: target.id }, never);
        }
      }
    };
    await clock.until(walk());
    expect(outcomeOf(last)).toMatchObject({
      kind: "notKnown",
      because: { code: "notConfirmed" },
      receipt: { answer: "yes" },
    });
  });

  test("a stop while it is read back ends the waiting after the readings there are", async () => {
    const { started, opening } = await silentAfterYes();
    await started.clock.advance(10_000);
    await started.handlers.grants.stop({ targetId: started.target.id }, never);
    expect(outcomeOf(await started.clock.until(opening))).toMatchObject({ kind: "notKnown" });
    expect(started.clock.monotonic()).toBe(10_000);
  });

  test("a revoke ends the waiting too", async () => {
    const { started, opening } = await silentAfterYes();
    await started.clock.advance(10_000);
    const { facts } = await revoke(started);
    expect(outcomeOf(await opening)).toMatchObject({ kind: "notKnown" });
    expect(facts.map(({ text }) => text).join(" ")).not.toContain("did not stop in time");
  });

  test("a waiting that is ended before a grant could have shown leaves it not known, not not granted", async () => {
    const started = await startedConsole();
    let failed = false;
    started.stamp.lagging.add("ERCS01");
    started.stamp.fault = (_, step) => {
      if (step !== "enabled") return null;
      failed = true;
      return new ConsoleError("timedOut", "ERCS01 did not end the command in time.");
    };
    const opening = open(started, "yes");
    while (!failed) await started.clock.advance(100);
    await started.clock.advance(1_000);
    await started.handlers.grants.stop({ targetId: started.target.id }, never);
    expect(outcomeOf(await started.clock.until(opening))).toMatchObject({
      kind: "notKnown",
      because: { remedy: "retry", sentence: expect.stringContaining("ended early") },
      receipt: { answer: "yes" },
    });
    expect(started.clock.monotonic()).toBeLessThan(10_000);
  });

  test("the next endpoint is asked while nothing was sent", async () => {
    const started = await startedConsole();
    started.stamp.fault = onlyAt("open", unreachable, ["ERCS01"]);
    expect(outcomeOf(await open(started, "yes"))).toMatchObject({
      kind: "granted",
      receipt: { endpoint: "ERCS02" },
    });
  });

  test("a refused sign-in is tried at one endpoint only and forgets the password", async () => {
    const started = await startedConsole();
    started.stamp.password = "changed meanwhile";
    await expect(open(started, "yes")).rejects.toMatchObject({ code: "signInRefused" });
    expect(started.stamp.arrived).toEqual(["ERCS01 open"]);
    await expect(open(started, "yes")).rejects.toMatchObject({ code: "signInNeeded", remedy: "signIn" });
  });

  test("a ledger that cannot be written stops a grant before anything is sent", async () => {
    const started = await startedConsole();
    started.ledger.full = true;
    await expect(open(started, "yes")).rejects.toThrow("nothing was sent");
    expect(started.stamp.arrived).toEqual([]);
  });

  test("a second opening of the same target is refused while one waits for its answer", async () => {
    const started = await startedConsole();
    const request = aGrantRequest({ targetId: started.target.id });
    const first = started.handlers.grants.open(request, never)[Symbol.asyncIterator]();
    await first.next();
    const second = started.handlers.grants.open(request, never)[Symbol.asyncIterator]();
    await expect(second.next()).rejects.toMatchObject({ code: "invalidInput" });
    await first.return?.();
  });
});

describe("shutting the door", () => {
  const inside = async (): Promise<StartedConsole> => {
    const started = await startedConsole();
    started.stamp.grants = [aGrant()];
    started.stamp.sessions = [
      aSession({ startedAt: "2026-11-21T03:05:00.000Z", endedAt: null, running: true }),
    ];
    return started;
  };

  test("it is closed when every endpoint shows no grant and each session has its end", async () => {
    const started = await inside();
    const progress = await revoke(started);
    expect(progress.outcome).toMatchObject({
      kind: "closed",
      receipt: { outcome: "closed", endpoint: "ERCS01" },
    });
    expect(progress.readings.map((reading) => reading.activeGrants)).toEqual([0, 0, 0]);
    expect(started.ledger.written).toHaveLength(2);
  });

  test("a session that ends late is waited for, and its end is a fact", async () => {
    const started = await inside();
    started.stamp.sessionsLinger = 8;
    const progress = await revoke(started);
    expect(progress.outcome).toMatchObject({ kind: "closed", milliseconds: 3_000 });
    expect(progress.facts.map((fact) => fact.kind)).toContain("sessionEnded");
  });

  test("an endpoint that is down may hold a grant of its own, so nothing is confirmed without it", async () => {
    const started = await inside();
    started.stamp.fault = onlyAt("open", unreachable, ["ERCS01"]);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "notConfirmed", receipt: { endpoint: "ERCS02" } });
    expect(outcome?.receipt.stateAfter).toContain("ERCS01 was not read: ERCS01 did not answer");
  });

  test("where the operator says that the endpoints share their grants, one that is down does not stand in the way", async () => {
    const started = await inside();
    const declared = { targetId: started.target.id, grants: "shared" } as const;
    await started.handlers.targets.declareScope(declared, never);
    started.stamp.fault = onlyAt("open", unreachable, ["ERCS01"]);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "closed", receipt: { endpoint: "ERCS02" } });
    expect(outcome?.receipt.stateAfter).toMatch(
      /ERCS01 was not read.*share their grants \(by the operator's word/,
    );
  });

  test("a grant on one endpoint of three that keep their own is never called closed without that one", async () => {
    const started = await startedConsole();
    const { stamp, handlers, target, clock } = started;
    for (const name of ["ERCS01", "ERCS02", "ERCS03"]) stamp.ownGrants.set(name, []);
    expect(outcomeOf(await open(started, "yes")).kind).toBe("granted");
    stamp.fault = onlyAt("open", unreachable, ["ERCS01"]);
    const { outcome } = await revoke(started);
    expect(outcome?.kind).toBe("notConfirmed");
    expect(outcome?.receipt.stateAfter).toContain("By the ledger a grant was opened at ERCS01");
    stamp.fault = () => null;
    await clock.advance(40_000);
    expect(stamp.ownGrants.get("ERCS01")).toMatchObject([{ active: false }]);
    await clock.advance(40_000);
    const entries = started.ledger.written.map((line) => JSON.parse(line));
    expect(entries.at(-1)).toMatchObject({
      phase: "resolved",
      act: "revoke",
      receipt: { outcome: "closed" },
    });
    expect((await handlers.ledger.list({}, never)).withoutOutcome).toEqual([]);
    const leaving = new AbortController();
    for await (const overviews of handlers.targets.watch({}, leaving.signal)) {
      expect(overviews.find((one) => one.target.id === target.id)?.door.state).toBe("closed");
      leaving.abort();
    }
  });

  test("it waits for nothing: neither for a ledger that hangs, nor for an opening that does not stop", async () => {
    const started = await inside();
    started.ledger.alone = () => new Promise(() => undefined);
    const progress = await revoke(started);
    expect(progress.outcome).toMatchObject({ kind: "closed", milliseconds: 0 });
    expect(progress.facts.at(-1)?.text).toContain(
      "The ledger has not taken the record yet: save this receipt",
    );
  });

  test("what an endpoint prints and nobody understands keeps it from being confirmed, in its words", async () => {
    const started = await inside();
    started.stamp.unclear.set("ERCS02", ["State : Active"]);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "notConfirmed", because: { code: "badAnswer" } });
    expect(outcome?.receipt.stateAfter).toContain("“State : Active”");
    expect(started.stamp.arrived).toContain("ERCS02 disable");
  });

  test("where the command is missing it is asked for once, and told what else shuts the door", async () => {
    const started = await inside();
    const missing = (name: string) =>
      new ConsoleError("commandMissing", `${name} has no Disable-RemoteSupport.`);
    started.stamp.fault = onlyAt("disable", missing);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({
      kind: "notConfirmed",
      because: { code: "commandMissing", remedy: "none" },
    });
    const asked = started.stamp.arrived.filter((line) => line.endsWith(" disable"));
    expect(asked).toEqual(["ERCS01 disable", "ERCS02 disable", "ERCS03 disable"]);
    await started.clock.advance(300_000);
    expect(started.stamp.arrived.filter((line) => line.endsWith(" disable"))).toHaveLength(3);
    started.stamp.grants = [];
    started.stamp.sessions = [];
    await started.clock.advance(60_000);
    expect(JSON.parse(started.ledger.written.at(-1) ?? "")).toMatchObject({
      phase: "resolved",
      receipt: { outcome: "closed" },
    });
  });

  test("a target that another console removed while its door is open can be shut all the same", async () => {
    const started = await inside();
    started.settings.write({ ...started.settings.read(), targets: [] });
    expect((await revoke(started)).outcome?.kind).toBe("closed");
    started.settings.read = () => {
      throw new Error("the settings cannot be read");
    };
    expect((await revoke(started)).outcome?.kind).toBe("closed");
  });

  test("one endpoint that still shows the grant keeps it from being confirmed, with what to block", async () => {
    const started = await inside();
    started.stamp.ownGrants.set("ERCS03", [aGrant()]);
    started.stamp.fault = onlyAt("disable", broken, ["ERCS03"]);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "notConfirmed", because: { code: "notConfirmed" } });
    expect(outcome?.kind === "notConfirmed" && outcome.because.sentence).toContain(
      "ERCS03 still shows 1 active grant",
    );
    expect(outcome?.kind === "notConfirmed" && outcome.addressesToBlock).toContain(
      "*.servicebus.windows.net",
    );
  });

  test("an endpoint with a grant of its own is asked as well, once", async () => {
    const started = await inside();
    const { stamp } = started;
    stamp.ownGrants.set("ERCS03", [aGrant()]);
    stamp.fault = (endpoint, step) => {
      if (step === "disable" && endpoint === "ERCS03") stamp.ownGrants.delete("ERCS03");
      return null;
    };
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "closed", receipt: { endpoint: "ERCS01" } });
    expect(stamp.arrived.filter((line) => line.endsWith(" disable"))).toEqual([
      "ERCS01 disable",
      "ERCS03 disable",
    ]);
  });

  test("with no endpoint answering it is tried for a minute, then not confirmed", async () => {
    const started = await inside();
    started.stamp.fault = onlyAt("open", unreachable);
    const { outcome } = await revoke(started);
    expect(outcome).toMatchObject({ kind: "notConfirmed", receipt: { endpoint: null } });
    expect(started.clock.monotonic()).toBeGreaterThanOrEqual(60_000);
  });

  test("it is never refused: neither without a grant, nor without a ledger, nor without a sign-in", async () => {
    const started = await startedConsole();
    started.ledger.full = true;
    const progress = await revoke(started);
    expect(progress.outcome?.kind).toBe("closed");
    expect(progress.facts.some((fact) => fact.text.includes("the revoke goes ahead without it"))).toBe(true);
    await started.handlers.targets.signOut({ targetId: started.target.id }, never);
    expect((await revoke(started)).outcome).toMatchObject({
      kind: "notConfirmed",
      because: { code: "signInNeeded", remedy: "signIn" },
    });
  });

  test("leaving the stream does not stop it", async () => {
    const started = await inside();
    const request = { targetId: started.target.id, operator: "Alex", reason: "" };
    const stream = started.handlers.grants.revoke(request, never)[Symbol.asyncIterator]();
    await stream.next();
    await stream.return?.();
    await started.clock.advance(1_000);
    expect(started.stamp.grants.every((grant) => !grant.active)).toBe(true);
    expect(JSON.parse(started.ledger.written[1] ?? "")).toMatchObject({ receipt: { outcome: "closed" } });
  });

  test("it stops an opening that waits for its answer", async () => {
    const started = await startedConsole();
    const request = aGrantRequest({ targetId: started.target.id });
    const opening = started.handlers.grants.open(request, never)[Symbol.asyncIterator]();
    let last = await opening.next();
    while (last.value?.question === null) last = await opening.next();
    expect((await revoke(started)).outcome?.kind).toBe("closed");
    while (last.done !== true && last.value.outcome === null) last = await opening.next();
    expect(last.value.outcome).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped" } });
    expect(started.stamp.grants).toEqual([]);
  });
});

const nothingTyped = { operator: "", reason: "", caseNumber: "" };

test("the lines shown are the lines run, with what was typed so far, and a name with a space is quoted", async () => {
  const { handlers, target } = await startedConsole();
  const chosen = { level: "DiagnosticsRepair", minutes: 60 } as const;
  const preview = (targetId: string, typed: typeof nothingTyped) =>
    handlers.grants.preview({ targetId, ...chosen, ...typed }, never);
  expect(await preview(target.id, nothingTyped)).toEqual({
    cmdlet: "Enable-RemoteSupport -AccessLevel DiagnosticsRepair -ExpireInMinutes 60",
    cli: "rsc grant --target Contoso --level DiagnosticsRepair --minutes 60",
  });
  const typed = { operator: "Ann", reason: "the disk of node 3", caseNumber: "2611" };
  expect((await preview(target.id, typed)).cli).toBe(
    "rsc grant --target Contoso --level DiagnosticsRepair --minutes 60 --reason 'the disk of node 3' --case 2611 --operator Ann",
  );
  const practice = await handlers.targets.startPractice({}, never);
  expect((await preview(practice.id, nothingTyped)).cli).toContain("--target practice ");
  const spaced = await handlers.targets.add({ ...aNewTarget(), name: "Lab stamp" }, never);
  expect((await preview(spaced.id, nothingTyped)).cli).toContain("--target 'Lab stamp' ");
});

test("the lines of what is done without a question are shown as well", async () => {
  const { handlers, target } = await startedConsole();
  expect(await handlers.grants.commands({ targetId: target.id, sessionId: null }, never)).toEqual({
    revoke: { cmdlet: "Disable-RemoteSupport", cli: "rsc revoke --target Contoso" },
    grants: { cmdlet: "Get-RemoteSupportAccess -IncludeExpired", cli: "rsc grants --target Contoso" },
    sessions: {
      cmdlet: "Get-RemoteSupportSessionHistory -FromDate 2026-08-23T03:10:00.000Z",
      cli: "rsc sessions --target Contoso",
    },
    transcript: null,
  });
  const ofOne = await handlers.grants.commands({ targetId: target.id, sessionId: "7f3c" }, never);
  expect(ofOne.transcript).toEqual({
    cmdlet:
      "Get-RemoteSupportSessionHistory -FromDate 2026-08-22T03:10:00.000Z -SessionId 7f3c -IncludeSessionTranscript",
    cli: "rsc transcript --target Contoso --session 7f3c",
  });
});

test("grants are watched through the door's own reader, beside the acts of this console", async () => {
  const started = await startedConsole();
  const { handlers, target, clock, stamp } = started;
  await open(started, "yes");
  await revoke(started);
  stamp.arrived.length = 0;
  const leaving = new AbortController();
  const watched: GrantsWatch[] = [];
  const done = (async () => {
    for await (const snapshot of handlers.grants.watch({ targetId: target.id }, leaving.signal))
      watched.push(snapshot);
  })();
  await clock.advance(0);
  await clock.advance(1_000);
  leaving.abort();
  await done;
  expect(stamp.arrived.filter((line) => line === "ERCS01 readSessions")).toHaveLength(1);
  expect(watched.at(-1)?.reading).toMatchObject({ endpoint: "ERCS01" });
  expect(watched.at(-1)?.acts).toMatchObject([
    { act: "grant", outcome: "granted", caseNumber: "2611210001", minutes: 480 },
    { act: "revoke", outcome: "closed", operator: "Alex" },
  ]);
});
