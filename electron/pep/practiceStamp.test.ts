import { describe, expect, test } from "vitest";
import { ConsoleError, type Rung } from "#contract";
import { nodeClock } from "../adapters/node/clock.ts";
import type { RunningStamp, StampOptions } from "../drill/runningStamp.ts";
import type { StampSwitches } from "../drill/stampSwitches.ts";
import { startStamp } from "../drill/startStamp.ts";
import type { TroubleKind } from "../drill/winrm/trouble.ts";
import type { AskPerson, EndpointAddress, Endpoints, Runspace } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { onMessages } from "../testing/badDays/twists.ts";
import type { Twist } from "../testing/badDays/twists.ts";
import { openConnection } from "../transport/openConnection.ts";
import type { OpenConnection } from "../transport/winrmConnection.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { keptEvents, quietEvents, revoke } from "../testing/commandEvents.ts";

const password = "Practice-horse-9";
const never = new AbortController().signal;
const request = { level: "Diagnostics", minutes: 480 } as const;
const yes: AskPerson = async () => "yes";

class Bench {
  readonly stamp: RunningStamp;
  readonly endpoints: Endpoints = createEndpoints({ clock: nodeClock });

  constructor(stamp: RunningStamp) {
    this.stamp = stamp;
  }

  get address(): EndpointAddress {
    return { ...this.stamp.endpoints[0], transport: "http", configuration: this.stamp.configuration };
  }

  get credential() {
    return { account: this.stamp.account, password: new Secret(password) };
  }

  open(): Promise<Runspace> {
    return this.endpoints.open(this.address, this.credential, never);
  }

  /** Grants in force, read through a path of its own. */
  async grants(): Promise<number> {
    const endpoints = createEndpoints({ clock: nodeClock });
    const runspace = await endpoints.open(this.address, this.credential, never);
    const { grants } = await runspace.readAccess({ includeExpired: false }, never);
    await endpoints.close();
    return grants.filter((grant) => grant.active).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endpoints.close();
    await this.stamp.stop();
  }
}

const started = async (switches: Partial<StampSwitches> = {}): Promise<Bench> => {
  const options: StampOptions = {
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody", ...switches },
  };
  return new Bench(await startStamp(options));
};

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return "no error";
  } catch (error) {
    return error instanceof ConsoleError ? error.code : String(error);
  }
};

describe("at the practice stamp, over sealed NTLM", () => {
  test("the door is opened, seen, and shut", async () => {
    await using on = await started();
    const runspace = await on.open();
    const { sent, said, events } = keptEvents();
    const end = await runspace.enable(request, yes, events, never);
    expect(end).toMatchObject({ answer: "yes", printed: { active: true, level: "Diagnostics" } });
    expect(said.filter((line) => line.includes("successfully Enabled"))).toHaveLength(1);
    expect(sent).toEqual(["Enable-RemoteSupport -AccessLevel Diagnostics -ExpireInMinutes 480"]);
    expect(await runspace.readAccess({ includeExpired: false }, never)).toMatchObject({
      grants: [{ active: true, shownBy: ["AZS-ERCS01"] }],
      notUnderstood: [],
    });
    await revoke(runspace);
    expect(await on.grants()).toBe(0);
  });

  test("pool, command and close are as many requests as the protocol needs, and a warm read is two", async () => {
    await using on = await started();
    const runspace = await on.open();
    // Three more over HTTP are the sign-in's, which carry no envelope.
    expect(on.stamp.counts(0)).toMatchObject({ envelopes: 4, httpRequests: 7 });
    await runspace.readAccess({ includeExpired: true }, never);
    expect(on.stamp.counts(0)).toMatchObject({ envelopes: 6, httpRequests: 9 });
    await runspace[Symbol.asyncDispose]();
    await on.endpoints.close();
    expect(on.stamp.counts(0)).toEqual({ envelopes: 7, httpRequests: 10, connections: 1 });
  });

  test("history and transcript are read, and an unknown session is null", async () => {
    await using on = await started();
    const runspace = await on.open();
    const { sessions, notUnderstood } = await runspace.readSessions({ from: null, sessionId: null }, never);
    expect(notUnderstood).toEqual([]);
    expect(sessions.length).toBeGreaterThan(3);
    const last = await runspace.readTranscript(sessions.at(-1)?.id ?? "", never);
    expect(last?.text).toContain("transcript start");
    expect(await runspace.readTranscript("3f2504e0-4f89-41d3-9a0c-0305e82c3301", never)).toBeNull();
  });

  test.each<Partial<StampSwitches>>([
    { dates: "dateTime", enums: "text", grantShape: "seven", sessionShape: "otherTranscriptName" },
    { dates: "text", enums: "unknownValue", grantShape: "extra", sessionShape: "optionalMissing" },
    { textLines: "output", enums: "number", never: "yearOne", lines: "hostCall" },
  ])("whatever form records take (%o) a grant is seen in force", async (switches) => {
    await using on = await started(switches);
    const runspace = await on.open();
    await runspace.enable(request, yes, quietEvents, never);
    expect(await on.grants()).toBe(1);
    const history = await runspace.readSessions({ from: null, sessionId: null }, never);
    expect([history.sessions.length > 3, history.notUnderstood]).toEqual([true, []]);
  });

  test("a stamp that takes days is asked for whole days only", async () => {
    await using on = await started({ expiryParameter: "ExpireInDays" });
    const runspace = await on.open();
    expect(await codeOf(runspace.enable(request, yes, quietEvents, never))).toBe("invalidInput");
    await runspace.enable({ ...request, minutes: 2_880 }, yes, quietEvents, never);
    expect(await on.grants()).toBe(1);
  });

  test("the first enabling restarts WinRM under the command, twice: not confirmed, read back, and the third goes through", async () => {
    await using on = await started({ firstEnable: "dropsTwice" });
    const runspace = await on.open();
    for (const outcome of ["notConfirmed", "notConfirmed", "no error"]) {
      expect(await codeOf(runspace.enable(request, yes, quietEvents, never))).toBe(outcome);
      const { grants: inForce } = await runspace.readAccess({ includeExpired: false }, never);
      expect(inForce).toHaveLength(outcome === "no error" ? 1 : 0);
    }
  });

  test("each failure has its code and names the endpoint", async () => {
    await using on = await started({ version: "old" });
    const wrong = { ...on.credential, password: new Secret("Wrong-Secret-7") };
    const refused = await on.endpoints.signIn(on.address, wrong, never).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "signInRefused", remedy: "signIn" });
    expect(String(refused)).not.toContain("Wrong-Secret-7");
    const open = (change: Partial<EndpointAddress>) =>
      on.endpoints.open({ ...on.address, ...change }, on.credential, never);
    await expect(open({ configuration: "Other" })).rejects.toThrow(/AZS-ERCS01.*no session configuration/);
    expect(await codeOf(open({ configuration: "Other" }))).toBe("noConfiguration");
    expect(await codeOf(open({ configuration: "a b" }))).toBe("invalidInput");
    expect(await codeOf((await on.open()).enable(request, yes, quietEvents, never))).toBe("commandMissing");
    await on.stamp.takeDown(0);
    expect(await codeOf(on.open())).toBe("unreachable");
  });

  test.each<[string, TroubleKind]>([
    ["badAnswer", { type: "html" }],
    ["badAnswer", { type: "hugeBody" }],
    ["badAnswer", { type: "badSignature" }],
    ["unreachable", { type: "cutBefore" }],
    ["badAnswer", { type: "cutAfter", afterBytes: 40 }],
    ["forbidden", { type: "fault", code: 5 }],
    ["quota", { type: "fault", code: 2_150_859_173 }],
  ])("is %s, and works again, after %o", async (code, kind) => {
    await using on = await started();
    on.stamp.endpoint(0)?.order({ kind });
    expect(await codeOf(on.open())).toBe(code);
    on.stamp.endpoint(0)?.behave();
    expect(
      (await (await on.open()).readAccess({ includeExpired: true }, never)).grants.length,
    ).toBeGreaterThan(0);
  });

  test("the check climbs from the name to the outbound list", async () => {
    await using on = await started();
    const ladders: (readonly Rung[])[] = [];
    for await (const ladder of on.endpoints.check(on.address, on.credential, never, () => undefined))
      ladders.push(ladder);
    const last = ladders.at(-1) ?? [];
    const found = (step: Rung["step"]): string => last.find((rung) => rung.step === step)?.found ?? "";
    expect(found("culture")).toContain("and it took it");
    expect(found("commands")).toMatch(
      /Enable-RemoteSupport: -AccessLevel, -ExpireInMinutes.*; Disable-RemoteSupport: .*; Get-RemoteSupportAccess: -IncludeExpired.*; Get-RemoteSupportSessionHistory: -SessionId/,
    );
    // Each change is told, and each rung took its time.
    expect(ladders.length).toBeGreaterThan(2 * last.length);
    expect(last.every(({ milliseconds }) => milliseconds !== null)).toBe(true);
    expect(last.map((rung) => [rung.step, rung.state])).toEqual([
      ["name", "passed"],
      ["tcp", "passed"],
      ["winrm", "passed"],
      ["signIn", "passed"],
      ["configuration", "passed"],
      ["culture", "passed"],
      ["commands", "passed"],
      ["answers", "passed"],
      ["version", "passed"],
      ["clock", "passed"],
      ["outbound", "notTested"],
    ]);
  });
});

/** The check of the first endpoint, as it stands at the end. */
async function ladderOf(on: Bench, change: Partial<EndpointAddress> = {}): Promise<readonly Rung[]> {
  let last: readonly Rung[] = [];
  for await (last of on.endpoints.check({ ...on.address, ...change }, on.credential, never, () => undefined))
    continue;
  return last;
}

describe("the check stops at what is wrong, with cause and fix", () => {
  type Wrong = readonly [
    what: string,
    switches: Partial<StampSwitches>,
    change: Partial<EndpointAddress>,
    step: Rung["step"],
    state: Rung["state"],
    found: RegExp,
    fix: RegExp,
  ];
  test.each<Wrong>([
    ["the name", {}, { host: "no-such-name.invalid" }, "name", "failed", /not known here/, /Resolve-DnsName/],
    ["the port", {}, { port: 9 }, "tcp", "failed", /127\.0\.0\.1:9/, /WinRM is running|firewall/],
    [
      "the configuration",
      {},
      { configuration: "Other" },
      "configuration",
      "failed",
      /no session configuration of that name/,
      /spelling.*PrivilegedEndpoint/,
    ],
    [
      "an old stamp",
      { version: "old" },
      {},
      "commands",
      "failed",
      /does not list Enable-/,
      /2102 with hotfix/,
    ],
    [
      "the hotfix",
      { version: "withoutHotfix" },
      {},
      "version",
      "warned",
      /lacks the hotfix/,
      /Install hotfix 1\.2102\.30\.132/,
    ],
    [
      "the stamp's facts",
      { stampInformation: "eceError" },
      {},
      "version",
      "warned",
      /could not be read/,
      /nothing depends/,
    ],
  ])("%s", async (_, switches, change, step, state, found, fix) => {
    await using on = await started(switches);
    const ladder = await ladderOf(on, change);
    const at = ladder.findIndex((rung) => rung.step === step);
    expect(ladder[at]).toMatchObject({
      state,
      found: expect.stringMatching(found) as string,
      fix: expect.stringMatching(fix) as string,
    });
    expect(ladder[at]?.milliseconds).not.toBeNull();
    expect(ladder.slice(0, at).every((rung) => rung.state === "passed")).toBe(true);
    const after = new Set(ladder.slice(at + 1).map((rung) => rung.state));
    expect(after).toEqual(new Set(state === "failed" ? ["notTested"] : ["passed", "notTested"]));
  });
});

describe("no way of not answering leaves a grant behind", () => {
  const waysOut: readonly (readonly [string, (stop: AbortController, on: Bench) => AskPerson])[] = [
    ["a No", () => async () => "no"],
    ["a lost page", () => () => Promise.reject(new Error("page lost"))],
    [
      "a closed window",
      (stop) => () => {
        queueMicrotask(() => stop.abort(new Error("window closed")));
        return new Promise(() => undefined);
      },
    ],
    [
      "an answer after the stop",
      (stop) => async () => {
        stop.abort(new Error("window closed"));
        await Promise.resolve();
        return "yes";
      },
    ],
    [
      "an answer whose Send is cut before it arrives",
      (_, on) => async () => {
        on.stamp.endpoint(0)?.order({ kind: { type: "cutBefore" }, on: "send", times: 1 });
        return "yes";
      },
    ],
    [
      "a Receive that breaks for good while the question is open",
      (_, on) => async () => {
        on.stamp.endpoint(0)?.order({ kind: { type: "down" } });
        return "yes";
      },
    ],
  ];

  test.each(waysOut)("%s", async (_, wayOut) => {
    await using on = await started({ errorAtQuestion: "goesOnAndGrants" });
    const stop = new AbortController();
    const runspace = await on.open();
    let asked = 0;
    const leave = wayOut(stop, on);
    const ask: AskPerson = (...question) => {
      asked += 1;
      return leave(...question);
    };
    await runspace.enable(request, ask, quietEvents, stop.signal).catch(() => undefined);
    on.stamp.endpoint(0)?.behave();
    expect([asked, await on.grants()]).toEqual([1, 0]);
  });

  /** As a client that has errors redirected, and gives one in the place of its No. */
  const carelessly: Twist = onMessages(({ type, xml }) => ({
    type,
    xml: xml
      .replace(
        '<B N="RedirectShellErrorOutputPipe">false</B>',
        '<B N="RedirectShellErrorOutputPipe">true</B>',
      )
      .replace(
        '<I32 N="mr">1</I32>',
        '<Obj N="me" RefId="9"><MS><S N="FullyQualifiedErrorId">Gone</S></MS></Obj>',
      ),
  }));

  test.each([
    ["grants where the question's error is passed over", "goesOnAndGrants", 1],
    ["grants nothing where it ends the function", "ends", 0],
  ] as const)("but an error in the place of an answer %s", async (_, errorAtQuestion, grants) => {
    await using on = await started({ errorAtQuestion });
    const connect: OpenConnection = async (...options) => {
      const connection = await openConnection(...options);
      return {
        security: connection.security,
        get usable() {
          return connection.usable;
        },
        exchange: (envelope, times) => connection.exchange(carelessly(envelope), times),
        close: () => connection.close(),
      };
    };
    const endpoints = createEndpoints({ clock: nodeClock, connect });
    const runspace = await endpoints.open(on.address, on.credential, never);
    await runspace.enable(request, async () => "no", quietEvents, never).catch(() => undefined);
    await endpoints.close();
    expect(await on.grants()).toBe(grants);
  });

  test("a Yes whose acknowledgement is lost is done only where the end of its command was heard", async () => {
    await using on = await started();
    const runspace = await on.open();
    on.stamp.endpoint(0)?.order({ kind: { type: "cutAfter" }, on: "send", times: 1 });
    const told = await codeOf(runspace.enable(request, yes, quietEvents, never));
    expect(["no error", "notConfirmed"]).toContain(told);
    expect(told === "no error" ? await on.grants() : 1).toBe(1);
  });
});
