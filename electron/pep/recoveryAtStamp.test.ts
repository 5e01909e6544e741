import { expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { nodeClock } from "../adapters/node/clock.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import { startStamp } from "../drill/startStamp.ts";
import type { Trouble, TroubleKind } from "../drill/winrm/trouble.ts";
import type { EndpointAddress, Endpoints, Runspace } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { quietEvents, revoke } from "../testing/commandEvents.ts";

/* The same rows as recovery.test.ts, over sockets and sealing: each trouble meets one request. */

const password = "Practice-horse-9";
const never = new AbortController().signal;

const answered = (status: number): TroubleKind => ({
  type: "instead",
  reply: { kind: "raw", status, contentType: "", body: new Uint8Array() },
});
const clean400 = ["a clean 400", answered(400)] as const;
const midlife401 = ["a 401 in mid-life", answered(401)] as const;
const cutBefore = ["a socket cut before the act", { type: "cutBefore" }] as const;
const cutAfter = ["a socket cut before the answer", { type: "cutAfter" }] as const;
const cutInside = ["a socket cut inside the answer", { type: "cutAfter", afterBytes: 200 }] as const;
const badSignature = ["a false signature", { type: "badSignature" }] as const;
const wrongSequence = ["a false sequence number", { type: "wrongSequence" }] as const;

const unopened = [clean400, midlife401] as const;
const lost = [cutAfter, cutInside, badSignature, wrongSequence] as const;
const all = [...unopened, cutBefore, ...lost] as const;

type Named = readonly [string, TroubleKind];
type Row = readonly [outcome: string, on: NonNullable<Trouble["on"]>, ...Named];
const rows = (outcome: string, on: Row[1], troubles: readonly Named[]): readonly Row[] =>
  troubles.map(([name, kind]) => [outcome, on, name, kind]);

async function withStamp(act: (stamp: RunningStamp, endpoints: Endpoints) => Promise<void>): Promise<void> {
  await using stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody" },
  });
  const endpoints = createEndpoints({ clock: nodeClock });
  await act(stamp, endpoints);
  await endpoints.close();
}

const open = (stamp: RunningStamp, endpoints: Endpoints): Promise<Runspace> => {
  const { account, configuration } = stamp;
  const address: EndpointAddress = { ...stamp.endpoints[0], transport: "http", configuration };
  return endpoints.open(address, { account, password: new Secret(password) }, never);
};

const outcomeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return "done";
  } catch (error) {
    return error instanceof ConsoleError ? error.code : String(error);
  }
};

const enable = (runspace: Runspace): Promise<unknown> =>
  runspace.enable({ level: "Diagnostics", minutes: 480 }, async () => "yes", quietEvents, never);
const inForce = async (runspace: Runspace): Promise<number> =>
  (await runspace.readAccess({ includeExpired: false }, never)).grants.length;

test.each(rows("done", "create", all))(
  "%s: an opening whose %s meets %s leaves one shell",
  async (_, on, _name, kind) => {
    await withStamp(async (stamp, endpoints) => {
      stamp.endpoint(0)?.order({ kind, on, times: 1 });
      expect(await inForce(await open(stamp, endpoints))).toBe(0);
      expect(stamp.endpoint(0)?.shells()).toHaveLength(1);
    });
  },
);

test.each([
  ...rows("done", "command", [...unopened, ...lost]),
  ...rows("notConfirmed", "command", [cutBefore]),
  ...rows("done", "receive", [...unopened, cutBefore]),
  ...rows("notConfirmed", "receive", lost),
])("%s: a revoke whose %s meets %s, and it is sent once", async (outcome, on, _name, kind) => {
  await withStamp(async (stamp, endpoints) => {
    const runspace = await open(stamp, endpoints);
    stamp.endpoint(0)?.order({ kind, on, times: 1 });
    expect(await outcomeOf(revoke(runspace))).toBe(outcome);
    const sent = stamp.endpoint(0)?.commandsRun.filter((name) => name === "Disable-RemoteSupport");
    expect(sent).toHaveLength(on === "command" && kind.type === "cutBefore" ? 0 : 1);
  });
});

test.each([...rows("done", "command", all), ...rows("done", "receive", all)])(
  "%s: a reading whose %s meets %s is whole",
  async (outcome, on, _name, kind) => {
    await withStamp(async (stamp, endpoints) => {
      const runspace = await open(stamp, endpoints);
      const whole = await runspace.readAccess({ includeExpired: true }, never);
      stamp.endpoint(0)?.order({ kind, on, times: 1 });
      expect(await outcomeOf(runspace.readAccess({ includeExpired: true }, never))).toBe(outcome);
      expect(await runspace.readAccess({ includeExpired: true }, never)).toEqual(whole);
    });
  },
);

test.each([
  ...rows("done", "send", unopened),
  ...rows("notConfirmed", "send", [cutBefore]),
  ...rows("done or notConfirmed", "send", lost),
])(
  "%s: a Yes whose %s meets %s, and what is told agrees with what is in force",
  async (outcome, on, _name, kind) => {
    await withStamp(async (stamp, endpoints) => {
      const runspace = await open(stamp, endpoints);
      stamp.endpoint(0)?.order({ kind, on, times: 1 });
      const told = await outcomeOf(enable(runspace));
      // The end of the command may be heard before it shows that the answer to the Send is lost.
      expect(outcome.split(" or ")).toContain(told);
      const granted = await inForce(runspace);
      if (told === "done") expect(granted).toBe(1);
      if (kind.type === "cutBefore") expect(granted).toBe(0);
      const asked = stamp.endpoint(0)?.commandsRun.filter((name) => name === "Enable-RemoteSupport");
      expect(asked).toHaveLength(1);
    });
  },
);

test.each(rows("done", "delete", all))(
  "%s: leaving, with a %s that meets %s, leaves nothing",
  async (_, on, _name, kind) => {
    await withStamp(async (stamp, endpoints) => {
      await open(stamp, endpoints);
      stamp.endpoint(0)?.order({ kind, on, times: 1 });
      await endpoints.close();
      expect(stamp.endpoint(0)?.shells()).toEqual([]);
    });
  },
);
