import { describe, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { arrayList, customObject, dateTimeOffset, psObject } from "../protocol/clixml/build.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import type { AskPerson, Endpoints, Runspace } from "../services/ports.ts";
import { memoryAddress as address, memoryCredential as credential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import type { Mishap } from "../testing/memoryEndpoint.ts";
import { offeredEnable } from "../testing/offeredEnable.ts";
import { stillClock } from "../testing/stillClock.ts";
import type { StillClock } from "../testing/stillClock.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { quietEvents, revoke } from "../testing/commandEvents.ts";

/* Protocol 8.4, row by row: what may be sent again when its answer is lost, and what becomes of it. */

const never = new AbortController().signal;
const request = { level: "Diagnostics", minutes: 480 } as const;
const yes: AskPerson = async () => "yes";

type Bench = {
  readonly endpoint: MemoryEndpoint;
  readonly clock: StillClock;
  readonly endpoints: Endpoints;
  /** How often the door was opened. */
  granted: number;
  open(): Promise<Runspace>;
  /** Action names since the runspace was opened. */
  since(): readonly string[];
  /** The given mishap meets the first requests of that kind from now on. */
  meets(action: string, ...mishaps: readonly (Mishap | null)[]): void;
};

const choice = (label: string): ClixmlValue => psObject({ extended: { label, helpMessage: "" } });
const yesNo = arrayList([choice("&Yes"), choice("&No")]);
const grant = customObject({
  State: "Active",
  AccessLevel: "Diagnostics",
  CreatedAt: dateTimeOffset(new Date("2026-11-21T03:00:00Z")),
  ExpiresAt: dateTimeOffset(new Date("2026-11-21T11:00:00Z")),
});

const bench = (): Bench => {
  const endpoint = new MemoryEndpoint();
  const clock = stillClock();
  const endpoints = createEndpoints({ clock, connect: endpoint.connect });
  let begun = 0;
  const on: Bench = {
    endpoint,
    clock,
    endpoints,
    granted: 0,
    open: async () => {
      const runspace = await endpoints.open(address, credential, never);
      begun = endpoint.requests.length;
      return runspace;
    },
    since: () => endpoint.requests.slice(begun),
    meets: (action, ...mishaps) => {
      const before = endpoint.requests.filter((name) => name === action).length;
      endpoint.mishap = (name, count) => (name === action ? (mishaps[count - before - 1] ?? null) : null);
    },
  };
  endpoint.commands.set("Get-Command", () => [offeredEnable]);
  endpoint.commands.set("Get-RemoteSupportAccess", () => [grant]);
  endpoint.commands.set("Disable-RemoteSupport", () => ["Revoked."]);
  endpoint.commands.set("Enable-RemoteSupport", async (voice) => {
    if ((await voice.call(hostMethods.promptForChoice, ["the terms", "Proceed?", yesNo, 0])) === 1) return [];
    on.granted += 1;
    return [grant];
  });
  return on;
};

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return "done";
  } catch (error) {
    return error instanceof ConsoleError ? error.code : String(error);
  }
};
const read = async (runspace: Runspace) =>
  (await runspace.readAccess({ includeExpired: false }, never)).grants;

describe("Create", () => {
  test.each<[string, Mishap]>([
    ["thrown away unopened", "refusedUnopened"],
    ["cut before it arrived", "lostBefore"],
    ["done, its answer lost: the shell that exists is ours", "lostAfter"],
  ])("%s is sent again with the same id and leaves one shell", async (_, mishap) => {
    const on = bench();
    on.meets("Create", mishap);
    expect(await read(await on.open())).toHaveLength(1);
    expect(on.endpoint.requests.slice(0, 2)).toEqual(["Create", "Create"]);
    expect(on.endpoint.shells.size).toBe(1);
    await on.endpoints.close();
    expect(on.endpoint.shells.size).toBe(0);
  });

  test("lost twice is given up, and the shell that may be there is deleted", async () => {
    const on = bench();
    on.meets("Create", "lostAfter", "lostBefore");
    expect(await codeOf(on.open())).toBe("unreachable");
    expect(on.endpoint.shells.size).toBe(0);
  });
});

describe("an answer that is lost while the runspace opens", () => {
  test("is not waited for: what it held never comes again, so a new runspace is opened at once", async () => {
    const on = bench();
    on.meets("Receive", "lostAfter");
    expect(await read(await on.open())).toHaveLength(1);
    expect(on.endpoint.requests.slice(0, 4)).toEqual(["Create", "Receive", "Delete", "Create"]);
    expect(on.endpoint.shells.size).toBe(1);
  });

  test("twice in a row is told at once, and no shell is left", async () => {
    const on = bench();
    on.endpoint.mishap = (action) => (action === "Receive" ? "lostAfter" : null);
    expect(await codeOf(on.open())).toBe("badAnswer");
    expect(on.endpoint.requests.filter((name) => name === "Create")).toHaveLength(2);
    expect(on.endpoint.shells.size).toBe(0);
  });
});

test("a refused sign-in is tried once, however the conversation is left: accounts are locked by tries", async () => {
  const on = bench();
  let tries = 0;
  const endpoints = createEndpoints({
    clock: on.clock,
    connect: async () => {
      tries += 1;
      throw new TransportError("signInRefused", "no", { acted: "no" });
    },
  });
  expect(await codeOf(endpoints.open(address, credential, never))).toBe("signInRefused");
  expect(await codeOf(endpoints.signIn(address, credential, never))).toBe("signInRefused");
  await endpoints.close();
  expect(tries).toBe(2);
});

test("over HTTPS a sign-in is refused with the first request, and that is not sent again", async () => {
  const on = bench();
  let sent = 0;
  const endpoints = createEndpoints({
    clock: on.clock,
    connect: async (...options) => ({
      ...(await on.endpoint.connect(...options)),
      exchange: async () => {
        sent += 1;
        throw new TransportError("signInRefused", "no", { acted: "no" });
      },
    }),
  });
  expect(await codeOf(endpoints.open(address, credential, never))).toBe("signInRefused");
  expect(sent).toBe(1);
});

describe("Command", () => {
  test("a change that the server threw away unopened is sent again, once", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Command", "refusedUnopened");
    expect(await revoke(runspace)).toEqual(["Revoked."]);
    expect(on.endpoint.ran).toEqual(["Disable-RemoteSupport"]);
    expect(on.since()).toEqual(["Command", "Command", "Receive"]);
  });

  test("a change that arrived, as the endpoint's list shows, is received from", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Command", "lostAfter");
    expect(await revoke(runspace)).toEqual(["Revoked."]);
    expect(on.endpoint.ran).toEqual(["Disable-RemoteSupport"]);
    expect(on.since()).toEqual(["Command", "Enumerate", "Receive"]);
  });

  test("a question behind a lost answer is still put, and answered once", async () => {
    const on = bench();
    const runspace = await on.open();
    await read(runspace);
    on.meets("Command", null, "lostAfter");
    expect(await runspace.enable(request, yes, quietEvents, never)).toMatchObject({ answer: "yes" });
    expect(on.granted).toBe(1);
  });

  test("a change that is not in the list is not confirmed and never sent again", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Command", "lostBefore");
    expect(await codeOf(revoke(runspace))).toBe("notConfirmed");
    expect(on.endpoint.ran).toEqual([]);
    expect(on.since().filter((name) => name === "Command")).toHaveLength(1);
  });

  test("a change is not confirmed either when the endpoint does not list its commands", async () => {
    const on = bench();
    const runspace = await on.open();
    on.endpoint.mishap = (action) => (action === "Command" ? "lostAfter" : action === "Enumerate" ? 5 : null);
    expect(await codeOf(revoke(runspace))).toBe("notConfirmed");
  });

  test("a reading that did not arrive is sent again in the same shell", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Command", "lostBefore");
    expect(await read(runspace)).toHaveLength(1);
    expect(on.since()).toEqual(["Command", "Enumerate", "Command", "Receive"]);
  });
});

describe("Receive", () => {
  test("cut before it arrived is sent again, and nothing is missing", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Receive", "lostBefore");
    expect(await revoke(runspace)).toEqual(["Revoked."]);
    expect(on.since()).toEqual(["Command", "Receive", "Receive"]);
  });

  test("whose lost answer held everything leaves a change not confirmed, and a reading is asked anew", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Receive", "lostAfter");
    expect(await codeOf(revoke(runspace))).toBe("notConfirmed");
    const again = await on.open();
    on.meets("Receive", "lostAfter");
    expect(await read(again)).toHaveLength(1);
    expect(on.endpoint.ran).toEqual([
      "Disable-RemoteSupport",
      "Get-RemoteSupportAccess",
      "Get-RemoteSupportAccess",
    ]);
  });

  test("whose lost answer held one of many objects never gives a shorter list: the gap is seen", async () => {
    const on = bench();
    const rest = Promise.withResolvers<void>();
    on.endpoint.commands.set("Get-RemoteSupportAccess", async ({ pool, pipeline }) => {
      pool.output(pipeline, grant);
      on.endpoint.wake();
      await rest.promise;
      return [grant, grant];
    });
    const runspace = await on.open();
    on.meets("Receive", "lostAfter");
    const reading = read(runspace);
    await on.clock.advance(1);
    rest.resolve();
    expect(await reading).toHaveLength(3);
    expect(on.endpoint.ran).toEqual(["Get-RemoteSupportAccess", "Get-RemoteSupportAccess"]);
  });

  test("lost while a question is open is sent again, and the question stays", async () => {
    const on = bench();
    const runspace = await on.open();
    await read(runspace);
    const answer = Promise.withResolvers<"yes" | "no">();
    const before = on.endpoint.requests.filter((name) => name === "Receive").length;
    // The first brings what Get-Command offers, the second the question, the third waits.
    on.endpoint.mishap = (action, count) =>
      action === "Receive" && count === before + 3 ? "lostBefore" : null;
    const ending = runspace.enable(request, () => answer.promise, quietEvents, never);
    await on.clock.advance(1_500);
    answer.resolve("yes");
    expect(await ending).toMatchObject({ answer: "yes" });
    expect(on.granted).toBe(1);
  });

  test("whose lost answer held the question ends the command, for nobody would ever be asked", async () => {
    const on = bench();
    const runspace = await on.open();
    await read(runspace);
    const before = on.endpoint.requests.filter((name) => name === "Receive").length;
    on.endpoint.mishap = (action, count) =>
      action === "Receive" && count === before + 2 ? "lostAfter" : null;
    const ending = codeOf(runspace.enable(request, yes, quietEvents, never));
    await on.clock.advance(3_000);
    expect(on.since()).not.toContain("Signal");
    await on.clock.advance(2_000);
    expect(await ending).toBe("notConfirmed");
    expect(on.since().filter((name) => name === "Send" || name === "Signal")).toEqual(["Signal"]);
    expect(on.granted).toBe(0);
  });

  test("lost before a question that comes at once is no reason to stop", async () => {
    const on = bench();
    const runspace = await on.open();
    await read(runspace);
    const before = on.endpoint.requests.filter((name) => name === "Receive").length;
    on.endpoint.mishap = (action, count) =>
      action === "Receive" && count === before + 2 ? "lostBefore" : null;
    const answer = Promise.withResolvers<"yes" | "no">();
    const ending = runspace.enable(request, () => answer.promise, quietEvents, never);
    await on.clock.advance(60_000);
    answer.resolve("yes");
    expect(await ending).toMatchObject({ answer: "yes" });
    expect(on.granted).toBe(1);
  });

  test("lost before a shell that was disconnected, and then the question: no reason to stop either", async () => {
    const on = bench();
    const runspace = await on.open();
    await read(runspace);
    const before = on.endpoint.requests.filter((name) => name === "Receive").length;
    const mishaps: readonly (Mishap | undefined)[] = ["lostBefore", 2_150_859_230];
    on.endpoint.mishap = (action, count) =>
      action === "Receive" ? (mishaps[count - before - 2] ?? null) : null;
    const answer = Promise.withResolvers<"yes" | "no">();
    const ending = runspace.enable(request, () => answer.promise, quietEvents, never);
    await on.clock.advance(60_000);
    answer.resolve("yes");
    expect(await ending).toMatchObject({ answer: "yes" });
    expect(on.granted).toBe(1);
  });

  test("damaged twice in a row is given up and said so", async () => {
    const on = bench();
    const runspace = await on.open();
    on.endpoint.mishap = (action) => (action === "Receive" ? "lostBefore" : null);
    expect(await codeOf(revoke(runspace))).toBe("notConfirmed");
    expect(on.since().filter((name) => name === "Receive")).toHaveLength(2);
  });

  test("of a shell that became disconnected joins it and its command again", async () => {
    const on = bench();
    const slow = Promise.withResolvers<void>();
    on.endpoint.commands.set("Disable-RemoteSupport", async () => {
      await slow.promise;
      return ["Revoked."];
    });
    const runspace = await on.open();
    const revoking = revoke(runspace);
    await on.clock.advance(1);
    for (const shell of on.endpoint.shells.values()) shell.state = "Disconnected";
    on.endpoint.wake();
    await on.clock.advance(1);
    slow.resolve();
    expect(await revoking).toEqual(["Revoked."]);
    expect(on.since()).toEqual(["Command", "Receive", "Get", "Reconnect", "Connect", "Receive"]);
  });
});

describe("Send", () => {
  test("that was thrown away unopened carries the same answer once more", async () => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Send", "refusedUnopened");
    expect(await runspace.enable(request, yes, quietEvents, never)).toMatchObject({ answer: "yes" });
    expect(on.granted).toBe(1);
  });

  test.each<[Mishap, number, readonly string[]]>([
    ["lostBefore", 0, ["powershell/signal/crtl_c"]],
    // It had arrived and the command was over before it could be stopped; we cannot know.
    ["lostAfter", 1, []],
  ])("that was %s is not repeated and not called done", async (mishap, granted, signals) => {
    const on = bench();
    const runspace = await on.open();
    on.meets("Send", mishap);
    expect(await codeOf(runspace.enable(request, yes, quietEvents, never))).toBe("notConfirmed");
    expect(on.since().filter((name) => name === "Send")).toHaveLength(1);
    expect([on.granted, on.endpoint.signals]).toEqual([granted, signals]);
  });
});

describe("what may happen twice", () => {
  test.each<Mishap>(["refusedUnopened", "lostBefore", "lostAfter"])(
    "a Signal that was %s",
    async (mishap) => {
      const on = bench();
      const stop = new AbortController();
      const runspace = await on.open();
      on.meets("Signal", mishap);
      const ask: AskPerson = () => {
        queueMicrotask(() => stop.abort(new Error("window closed")));
        return new Promise(() => undefined);
      };
      await expect(runspace.enable(request, ask, quietEvents, stop.signal)).rejects.toThrow("window closed");
      expect(await read(runspace)).toHaveLength(1);
      expect(on.granted).toBe(0);
    },
  );

  test.each<Mishap>(["refusedUnopened", "lostBefore", "lostAfter"])(
    "a Delete that was %s",
    async (mishap) => {
      const on = bench();
      await on.open();
      on.meets("Delete", mishap);
      await on.endpoints.close();
      expect(on.endpoint.shells.size).toBe(0);
    },
  );

  test.each<Mishap>(["refusedUnopened", "lostBefore", "lostAfter"])("a Get that was %s", async (mishap) => {
    const on = bench();
    const runspace = await on.open();
    on.clock.sleepThrough(60_000);
    on.meets("Get", mishap);
    expect(await read(runspace)).toHaveLength(1);
    expect(on.since()).toEqual(["Get", "Get", "Command", "Receive"]);
  });
});

describe("after a sleep of the machine", () => {
  test("one look more than a warm command, on a new connection, and no sign-in before its time", async () => {
    const on = bench();
    const runspace = await on.open();
    on.clock.sleepThrough(44_000);
    await read(runspace);
    expect(on.since()).toEqual(["Command", "Receive"]);
    expect(on.endpoint.connections).toBe(1);
    on.clock.sleepThrough(3_600_000);
    await read(runspace);
    expect(on.since().slice(2)).toEqual(["Get", "Command", "Receive"]);
    expect(on.endpoint.connections).toBe(2);
  });

  test("a runspace that was disconnected meanwhile is the same one after a reconnect", async () => {
    const on = bench();
    const runspace = await on.open();
    for (const shell of on.endpoint.shells.values()) shell.state = "Disconnected";
    on.clock.sleepThrough(60_000);
    expect(await read(runspace)).toHaveLength(1);
    expect(on.since()).toEqual(["Get", "Reconnect", "Command", "Receive"]);
    expect(on.endpoint.connections).toBe(2);
  });

  test("a runspace that may not be reconnected is joined as a new client would", async () => {
    const on = bench();
    const runspace = await on.open();
    for (const shell of on.endpoint.shells.values()) shell.state = "Disconnected";
    on.clock.sleepThrough(60_000);
    on.meets("Reconnect", 2_150_859_213);
    expect(await read(runspace)).toHaveLength(1);
    expect(on.since().slice(0, 3)).toEqual(["Get", "Reconnect", "Connect"]);
    expect(on.endpoint.requests.filter((name) => name === "Create")).toHaveLength(1);
  });
});

test("leaving takes three seconds at most, however the endpoint behaves", async () => {
  const on = bench();
  const endpoints = createEndpoints({
    clock: on.clock,
    connect: async (...options) => {
      const connection = await on.endpoint.connect(...options);
      const silent = ({ signal }: { readonly signal: AbortSignal }): Promise<never> => {
        const { promise, reject } = Promise.withResolvers<never>();
        signal.addEventListener("abort", () =>
          reject(new TransportError("cancelled", "", { acted: "maybe" })),
        );
        return promise;
      };
      return {
        ...connection,
        usable: true,
        exchange: (envelope, how) =>
          envelope.includes("/transfer/Delete<") ? silent(how) : connection.exchange(envelope, how),
      };
    },
  });
  await endpoints.open(address, credential, never);
  await on.clock.until(endpoints.close());
  expect(on.clock.monotonic()).toBe(3_000);
});

test("a conversation that is closed while it opens signs in no more", async () => {
  const on = bench();
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let tries = 0;
  const endpoints = createEndpoints({
    clock: on.clock,
    connect: async (...options) => {
      tries += 1;
      begun.resolve();
      await go.promise;
      return await on.endpoint.connect(...options);
    },
  });
  const opening = codeOf(endpoints.open(address, credential, never));
  await begun.promise;
  await endpoints.close();
  go.resolve();
  expect(await opening).not.toBe("done");
  expect([tries, on.endpoint.shells.size]).toEqual([1, 0]);
});
