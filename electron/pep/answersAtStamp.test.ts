import { describe, expect, test } from "vitest";
import type { Rung } from "#contract";
import { nodeClock } from "../adapters/node/clock.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import type { StampSwitches } from "../drill/stampSwitches.ts";
import { startStamp } from "../drill/startStamp.ts";
import { azureStackHubShapes } from "../products/azureStackHub/shapes.ts";
import { corrected, type ShapeCorrections } from "../products/corrections.ts";
import type { ShapesInForce } from "../products/shapes.ts";
import type { Clock, EndpointAddress, Endpoints, Runspace } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { keptEvents, quietEvents, revoke } from "../testing/commandEvents.ts";
import { connectSocket } from "../transport/connectSocket.ts";
import { fileTimeOf, nodeChance } from "../transport/nodeDigests.ts";
import { openConnectionOver } from "../transport/openConnection.ts";
import { createEndpoints } from "./createEndpoints.ts";

/* What a stamp prints in forms that nobody expected, over sealed NTLM. */

const password = "Practice-horse-9";
const never = new AbortController().signal;
const request = { level: "Diagnostics", minutes: 480 } as const;
const minute = 60_000;

type Options = {
  readonly switches?: Partial<StampSwitches>;
  readonly shapes?: () => ShapesInForce;
  /** How far our own clock is off (minutes), whenever it is asked. */
  readonly off?: () => number;
};

class Bench {
  readonly stamp: RunningStamp;
  readonly endpoints: Endpoints;

  constructor(stamp: RunningStamp, endpoints: Endpoints) {
    this.stamp = stamp;
    this.endpoints = endpoints;
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

  /** The connection check as it stands at the end. */
  async rung(step: Rung["step"]): Promise<Rung | undefined> {
    let last: readonly Rung[] = [];
    for await (last of this.endpoints.check(this.address, this.credential, never, () => undefined)) continue;
    return last.find((rung) => rung.step === step);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endpoints.close();
    await this.stamp.stop();
  }
}

/** The world with our own clock off by some minutes. */
function clockOff(minutes: () => number) {
  const now = (): number => Date.now() + minutes() * minute;
  const clock: Clock = { ...nodeClock, now: () => new Date(now()) };
  const chance = { ...nodeChance, now: () => fileTimeOf(now()) };
  return { clock, connect: openConnectionOver({ connect: connectSocket, chance }) };
}

async function started({ switches = {}, shapes, off = () => 0 }: Options = {}): Promise<Bench> {
  const stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody", ...switches },
  });
  return new Bench(stamp, createEndpoints({ ...clockOff(off), ...(shapes === undefined ? {} : { shapes }) }));
}

const agree = async (runspace: Runspace): Promise<void> => {
  await runspace.enable(request, async () => "yes", quietEvents, never);
};
const access = (runspace: Runspace, includeExpired = false) => runspace.readAccess({ includeExpired }, never);
const history = (runspace: Runspace) => runspace.readSessions({ from: null, sessionId: null }, never);

/** The engineer comes in, as soon as the device's clock is where he comes. */
function letIn(stamp: RunningStamp): string {
  stamp.model.enable({ level: "Diagnostics", minutes: 480, account: "AZS\\cloudadmin", instance: 0 });
  stamp.changeSwitches({ clockAheadMinutes: 1 });
  return stamp.model.state().sessions.find((session) => session.ended === null)?.id ?? "nobody";
}

describe("a grant in force in a form that nobody understands is never nothing", () => {
  test.each<[StampSwitches["grantShape"], RegExp]>([
    ["otherNames", /@\{AccessState=Active; .*ValidUntil=/],
    ["wrapped", /AdditionalData=@\{State=Active/],
    ["asText", /^State +: Active$/],
    ["formatted", /Format\.FormatEntryData/],
    ["empty", /@\{State=; CreatedAt=/],
  ])("%s", async (grantShape, words) => {
    await using on = await started({ switches: { grantShape } });
    const runspace = await on.open();
    await agree(runspace);
    const { grants, notUnderstood } = await access(runspace);
    expect(grants).toEqual([]);
    expect(notUnderstood).toContainEqual(expect.stringMatching(words));
    await revoke(runspace);
    expect(await access(runspace)).toEqual({ grants: [], notUnderstood: [] });
  });

  test("the connection check says so, and has all that was printed, without secrets", async () => {
    await using on = await started({ switches: { grantShape: "otherNames" } });
    await agree(await on.open());
    const rung = await on.rung("answers");
    expect(rung).toMatchObject({ state: "failed", fix: expect.stringContaining("shapes.json") });
    expect(rung?.found).toMatch(/\d+ of the objects and lines that it prints are not understood/);
    expect(rung?.printed).toContain("> Get-RemoteSupportAccess -IncludeExpired");
    expect(rung?.printed).toContain("AccessState=Active");
    expect(rung?.printed).toContain("Retrieving Remote Support access. IncludeExpired is set to 'False'");
    expect((await on.rung("version"))?.state).toBe("passed");
    expect((await on.rung("version"))?.printed).toBeNull();
  });

  test("an operator's corrections make it readable, from the next reading on", async () => {
    let corrections: ShapeCorrections = {};
    let trouble: string | null = null;
    const shapes = () => ({ shapes: corrected(azureStackHubShapes, corrections), trouble });
    await using on = await started({ switches: { grantShape: "otherNames" }, shapes });
    const runspace = await on.open();
    await agree(runspace);
    expect((await access(runspace)).notUnderstood).toHaveLength(1);
    corrections = {
      grant: {
        state: { add: ["AccessState"] },
        createdAt: { add: ["GrantedOn"] },
        level: { replace: ["Scope"] },
        expiresAt: { add: ["ValidUntil"] },
      },
    };
    expect(await access(runspace)).toMatchObject({
      grants: [{ active: true, level: "Diagnostics", state: "Active" }],
      notUnderstood: [],
    });
    expect((await on.rung("answers"))?.state).toBe("passed");
    trouble = "The corrections are not in force.";
    expect(await on.rung("answers")).toMatchObject({
      state: "warned",
      found: expect.stringContaining(trouble),
    });
  });

  test("a wrapper that was named is looked into", async () => {
    const shapes = () => ({
      shapes: corrected(azureStackHubShapes, { wrappers: { add: ["additionaldata"] } }),
      trouble: null,
    });
    await using on = await started({ switches: { grantShape: "wrapped" }, shapes });
    const runspace = await on.open();
    await agree(runspace);
    expect(await access(runspace)).toMatchObject({ grants: [{ active: true }], notUnderstood: [] });
  });
});

describe("sessions", () => {
  test("under other names are not understood", async () => {
    await using on = await started({ switches: { sessionShape: "otherNames" } });
    const { sessions, notUnderstood } = await history(await on.open());
    expect([sessions, notUnderstood.length > 3]).toEqual([[], true]);
  });

  test.each(["duplicate", "bracedIds"] as const)(
    "listed as %s are one each, and their transcripts are found",
    async (sessionShape) => {
      await using on = await started({ switches: { sessionShape } });
      const runspace = await on.open();
      const { sessions, notUnderstood } = await history(runspace);
      const ids = sessions.map(({ id }) => id);
      expect([new Set(ids).size, notUnderstood]).toEqual([ids.length, []]);
      expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true);
      const id = ids.at(-1) ?? "";
      for (const asked of [id, `{${id.toUpperCase()}}`]) {
        const found = await runspace.readTranscript(asked, never);
        expect([found?.session.id, found?.text.includes("transcript start")]).toEqual([id, true]);
      }
    },
  );

  const forms = (["dateTimeOffset", "dateTime", "text", "dayFirst"] as const).flatMap((dates) =>
    (["edge", "endMaxValue", "endInFuture"] as const).map((sessionShape) => ({ dates, sessionShape })),
  );
  test.each(forms)("that run are seen to run: $sessionShape as $dates", async (form) => {
    await using on = await started({ switches: { ...form, engineer: "careful" } });
    const id = letIn(on.stamp);
    const runspace = await on.open();
    const inside = async () => (await history(runspace)).sessions.filter(({ running }) => running);
    expect(await inside()).toMatchObject([{ id, endedAt: null }]);
    await revoke(runspace);
    expect(await inside()).toEqual([]);
  });
});

describe("dates with the day first", () => {
  test("are read where the answer proves it", async () => {
    await using on = await started({ switches: { dates: "dayFirst" } });
    const runspace = await on.open();
    const { sessions, notUnderstood } = await history(runspace);
    const real = new Map(on.stamp.model.state().sessions.map((session) => [session.id, session]));
    expect(notUnderstood).toEqual([]);
    for (const { id, startedAt, endedAt } of sessions) {
      const session = real.get(id);
      expect([startedAt, endedAt].map((time) => Date.parse(time ?? "") / 1_000)).toEqual(
        [session?.startedAt, session?.ended?.at].map((time) => Math.floor((time ?? 0) / 1_000)),
      );
    }
  });

  test("never close a door", async () => {
    await using on = await started({ switches: { dates: "dayFirst", enums: "unknownValue" } });
    const runspace = await on.open();
    await agree(runspace);
    expect((await access(runspace)).grants).toMatchObject([{ active: true }]);
    expect((await access(runspace, true)).grants.filter(({ active }) => active)).toHaveLength(1);
  });
});

describe("the device's clock", () => {
  test.each([-300, 0, 300])("ahead of ours by %i minutes judges by itself", async (clockAheadMinutes) => {
    await using on = await started({ switches: { clockAheadMinutes, enums: "number" } });
    const runspace = await on.open();
    await agree(runspace);
    expect(Math.abs((runspace.clockAheadMs ?? 0) - clockAheadMinutes * minute)).toBeLessThan(5_000);
    expect((await access(runspace, true)).grants.filter(({ active }) => active)).toHaveLength(1);
    await revoke(runspace);
    expect((await access(runspace)).grants).toEqual([]);
    expect((await access(runspace, true)).grants.filter(({ active }) => active)).toEqual([]);
    expect((await history(runspace)).sessions.filter(({ running }) => running)).toEqual([]);
  });

  test.each([-1_200, 1_200])("stays what it is when ours jumps by %i minutes in the middle", async (jump) => {
    let minutes = 0;
    await using on = await started({ switches: { enums: "unknownValue" }, off: () => minutes });
    const runspace = await on.open();
    await agree(runspace);
    minutes = jump;
    expect((await access(runspace, true)).grants.filter(({ active }) => active)).toHaveLength(1);
    expect(Math.abs((runspace.clockAheadMs ?? 0) + jump * minute)).toBeLessThan(5_000);
    await revoke(runspace);
    expect((await access(runspace, true)).grants.filter(({ active }) => active)).toEqual([]);
  });
});

describe("what is sent and said", () => {
  test("is told as it leaves, and not where nothing leaves", async () => {
    await using on = await started({ switches: { expiryParameter: "ExpireInDays", textLines: "output" } });
    const runspace = await on.open();
    const { sent, said, events } = keptEvents();
    const asking = async (): Promise<"yes"> => {
      expect(sent).toEqual(["Enable-RemoteSupport -AccessLevel DiagnosticsRepair -ExpireInDays 1"]);
      return "yes";
    };
    await runspace.enable({ level: "DiagnosticsRepair", minutes: 1_440 }, asking, events, never);
    expect(said).toEqual([
      "Enabling Remote Support for 'DiagnosticsRepair' expiring in '1440' minutes.",
      "Remote Support successfully Enabled.",
    ]);
    await runspace.disable(events, never);
    expect(sent.at(-1)).toBe("Disable-RemoteSupport");
    expect(said.slice(2)).toEqual(["Disabling Remote Support.", "Remote Support successfully Disabled."]);
    await expect(runspace.disable(events, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
    await expect(runspace.enable(request, asking, events, never)).rejects.toMatchObject({
      code: "invalidInput",
    });
    expect(sent).toHaveLength(2);
  });

  test("an endpoint without the command says so at once, and what else there is", async () => {
    await using on = await started({ switches: { disable: "missing" } });
    const runspace = await on.open();
    const refusal = await revoke(runspace).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "commandMissing", remedy: "none" });
    expect(String(refusal)).toMatch(/AZS-ERCS01.* has no command Disable-RemoteSupport.*firewall/);
    expect((await on.rung("commands"))?.found).toContain("does not list Disable-RemoteSupport");
  });
});
