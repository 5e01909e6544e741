import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ConsoleError } from "#contract";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import { Secret } from "../services/secret.ts";
import type { Endpoints, Runspace } from "../services/ports.ts";
import { memoryAddress as address, memoryCredential as credential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { inMemory, overSockets } from "../testing/spokenEndpoints.ts";
import type { Script, Spoken, SpokenEndpoint } from "../testing/spokenEndpoints.ts";
import { offeredEnable } from "../testing/offeredEnable.ts";
import { stillClock } from "../testing/stillClock.ts";
import type { StillClock } from "../testing/stillClock.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { OpenConnection, WinrmConnection } from "../transport/winrmConnection.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { heldFor, restBefore } from "./wire/idleReceive.ts";
import { quietEvents, revoke } from "../testing/commandEvents.ts";

/* Protocol 8.5: a Receive of the pool waits while no command runs, and is in nobody's way. */

const readLine = 11;
const never = new AbortController().signal;

describe.each<readonly [string, SpokenEndpoint]>([
  ["in memory", inMemory],
  ["at the practice stamp", overSockets],
])("%s", (_, world) => {
  const scripts: Readonly<Record<string, Script>> = {
    "Get-Next": async () => ["next"],
    "Get-Slow": async (speaker) => {
      await speaker.rest(5_000);
      return ["slow"];
    },
    "Ask-Operator": async (speaker) => [await speaker.ask()],
  };
  const run = async (on: Spoken, name: string, changes = false): Promise<unknown> => {
    const options = { signal: never, changes, ask: async () => "no" as const };
    const { changes: may, ask, signal } = options;
    const command = { name, parameters: [] };
    return (await on.conversation.run(command, { signal, changes: may, ...(changes ? { ask } : {}) })).output;
  };
  /** A runspace that has just begun to wait. */
  const idle = async (on: Spoken): Promise<void> => {
    await on.conversation.open(never);
    await on.clock.advance(restBefore);
    await expect.poll(() => on.requests()).toBe(5);
  };

  test("a conversation that is short costs no request for it", async () => {
    await using on = await world(scripts);
    await on.conversation.open(never);
    await on.clock.advance(restBefore - 1);
    await run(on, "Get-Next");
    await on.clock.advance(restBefore - 1);
    await on.conversation.close();
    expect([on.requests(), on.connections()]).toEqual([7, 1]);
  });

  test("a runspace that rests for an hour stays connected, over two connections and no more", async () => {
    await using on = await world(scripts);
    await idle(on);
    for (let turn = 0; turn < 120; turn++) {
      const before = on.requests();
      await on.clock.advance(heldFor);
      await expect.poll(() => on.requests()).toBe(before + 1);
    }
    const before = on.requests();
    expect(await run(on, "Get-Next")).toEqual(["next"]);
    // No look at the shell, no sign-in.
    expect([on.requests() - before, on.connections()]).toEqual([2, 2]);
  });

  test("a command does not wait for it: two requests, without any time going by", async () => {
    await using on = await world(scripts);
    await idle(on);
    for (let command = 1; command <= 3; command++) {
      const before = on.requests();
      expect(await run(on, "Get-Next")).toEqual(["next"]);
      expect(on.requests() - before).toBe(2);
    }
    expect([on.clock.monotonic(), on.connections()]).toEqual([restBefore, 2]);
  });

  test("a command that asks has room made for it by one request, and no further sign-in", async () => {
    await using on = await world(scripts);
    await idle(on);
    const before = on.requests();
    expect(await run(on, "Ask-Operator", true)).toEqual([1]);
    // What makes room, Command, Receive with the question, Receive, and the answer.
    expect(on.requests() - before).toBe(5);
    expect([on.clock.monotonic(), on.connections()]).toEqual([restBefore, 2]);
    expect(await run(on, "Get-Next")).toEqual(["next"]);
  });

  test("a command that takes longer than a second has room made for it then", async () => {
    await using on = await world(scripts);
    await idle(on);
    const slow = run(on, "Get-Slow");
    expect(await on.clock.until(slow)).toEqual(["slow"]);
    expect([on.clock.monotonic(), on.connections()]).toEqual([restBefore + 5_000, 2]);
  });

  test("one that is stopped at once does not wait for it either", async () => {
    await using on = await world(scripts);
    await idle(on);
    const stop = new AbortController();
    const running = on.conversation.run(
      { name: "Get-Slow", parameters: [] },
      { signal: stop.signal, changes: false },
    );
    const before = on.requests();
    await expect.poll(() => on.requests()).toBe(before + 2);
    stop.abort(new Error("window closed"));
    await expect(running).rejects.toThrow("window closed");
    expect(on.clock.monotonic()).toBe(restBefore);
    expect(await run(on, "Get-Next")).toEqual(["next"]);
  });

  test("it ends with the runspace", async () => {
    await using on = await world(scripts);
    await idle(on);
    await on.conversation.close();
    expect(on.shells()).toEqual([]);
    const before = on.requests();
    await on.clock.advance(10 * heldFor);
    expect(on.requests()).toBe(before);
  });

  test("it ends when the runspace is left, and begins again when it is come back to", async () => {
    await using on = await world(scripts);
    const pool = on.newPool();
    await pool.open(never);
    await on.clock.advance(restBefore);
    await expect.poll(() => on.requests()).toBe(5);
    await pool.disconnect(never);
    await on.clock.advance(10 * heldFor);
    expect(on.requests()).toBe(6);
    await pool.reconnect(never);
    await on.clock.advance(restBefore);
    await expect.poll(() => on.requests()).toBe(8);
    const invoked = await pool.invoke([{ name: "Get-Next", parameters: [] }], {
      signal: never,
      changes: false,
    });
    expect(invoked.output).toEqual(["next"]);
    await pool.close();
  });

  test("keys are exchanged past it: what it brings is the answer", async () => {
    await using on = await world(scripts);
    const pool = on.newPool();
    await pool.open(never);
    await on.clock.advance(restBefore);
    await expect.poll(() => on.requests()).toBe(5);
    const seal = await pool.sealing(never);
    expect(seal(new Secret("practice"))).toBeDefined();
    expect([on.requests(), on.connections()]).toEqual([6, 2]);
    await pool.close();
  });
});

/* Protocol 5.10: what becomes of a Receive that waits at a Disconnect differs, and may be told early or late. */
describe.each([
  ["before the Disconnect is answered", false],
  ["after the Reconnect", true],
] as const)("one that is left behind and told %s", (_, isLate) => {
  test.each([2_150_859_230, 995, 2_150_858_843, 2_150_858_793, "cut", "odd"] as const)(
    "%s leaves the runspace in order",
    async (leftReceive) => {
      await using on = await inMemory({ "Get-Next": async () => ["next"] });
      const pool = on.newPool();
      await pool.open(never);
      await on.clock.advance(restBefore);
      expect(pool.idle.isInTheWay).toBe(true);
      const back = Promise.withResolvers<void>();
      on.memory.leftReceive = leftReceive;
      if (isLate) on.memory.leftReceiveAfter = back.promise;
      await pool.disconnect(never);
      await pool.reconnect(never);
      back.resolve();
      await on.clock.advance(1);
      expect(pool.usable).toBe(true);
      const command = [{ name: "Get-Next", parameters: [] }];
      expect((await pool.invoke(command, { signal: never, changes: true })).output).toEqual(["next"]);
      await pool.close();
      expect(on.shells()).toEqual([]);
    },
  );
});

describe("what it hears", () => {
  type Bench = {
    readonly endpoint: MemoryEndpoint;
    readonly clock: StillClock;
    readonly endpoints: Endpoints;
    readonly runspace: Runspace;
    count(action: string): number;
    /** From now on connections are opened like this. */
    onConnect(connect: OpenConnection): void;
  };
  /** A runspace with a Receive that waits. */
  const idle = async (change: (endpoint: MemoryEndpoint) => void = () => undefined): Promise<Bench> => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    endpoint.commands.set("Disable-RemoteSupport", () => ["Revoked."]);
    change(endpoint);
    let connect: OpenConnection = endpoint.connect;
    const endpoints = createEndpoints({ clock, connect: (...options) => connect(...options) });
    const runspace = await endpoints.open(address, credential, never);
    await clock.advance(restBefore);
    const onConnect = (next: OpenConnection): void => {
      connect = next;
    };
    const count = (action: string): number => endpoint.requests.filter((name) => name === action).length;
    return { endpoint, clock, endpoints, runspace, count, onConnect };
  };

  test("a shell that is gone is replaced before the next command, which does not fail", async () => {
    const on = await idle();
    on.endpoint.shells.clear();
    on.endpoint.wake();
    await on.clock.advance(1);
    const before = on.count("Command");
    expect(await revoke(on.runspace)).toEqual(["Revoked."]);
    // The old one is not asked for anything but to be gone.
    expect([on.count("Create"), on.count("Command") - before, on.count("Get")]).toEqual([2, 1, 0]);
    expect(on.endpoint.shells.size).toBe(1);
  });

  test.each(["closed", "broken"] as const)(
    "a runspace that says it is %s is not used again",
    async (state) => {
      const on = await idle();
      const [shell] = on.endpoint.shells.values();
      if (state === "closed") shell?.pool.closed();
      else shell?.pool.broken(errorRecord({ message: "for an update", errorId: "Update" }));
      on.endpoint.wake();
      await on.clock.advance(1);
      expect(await revoke(on.runspace)).toEqual(["Revoked."]);
      expect([on.count("Create"), on.count("Delete"), on.endpoint.shells.size]).toEqual([2, 1, 1]);
    },
  );

  test("a shell that became disconnected is joined again with the next command", async () => {
    const on = await idle();
    for (const shell of on.endpoint.shells.values()) shell.state = "Disconnected";
    on.endpoint.wake();
    await on.clock.advance(1);
    expect(await revoke(on.runspace)).toEqual(["Revoked."]);
    expect(on.endpoint.requests.slice(-4)).toEqual(["Get", "Reconnect", "Command", "Receive"]);
  });

  test("a cut connection has the shell looked at before the next command", async () => {
    const on = await idle((endpoint) => {
      endpoint.mishap = (action, count) => (action === "Receive" && count === 5 ? "lostBefore" : null);
    });
    await on.clock.advance(heldFor);
    expect(on.count("Receive")).toBe(5);
    expect(await revoke(on.runspace)).toEqual(["Revoked."]);
    expect(on.endpoint.requests.slice(-3)).toEqual(["Get", "Command", "Receive"]);
  });

  test("an endpoint that takes no such Receive is not asked again, and serves as before", async () => {
    const on = await idle((endpoint) => {
      endpoint.mishap = (action, count) => (action === "Receive" && count === 4 ? 2_150_859_174 : null);
    });
    expect(await revoke(on.runspace)).toEqual(["Revoked."]);
    const before = on.count("Receive");
    await on.clock.advance(restBefore + heldFor);
    expect(on.count("Receive")).toBe(before);
  });

  test("an endpoint that answers at once is asked no more often for it", async () => {
    const on = await idle((endpoint) => {
      endpoint.mishap = (action, count) => (action === "Receive" && count >= 4 ? 2_150_858_793 : null);
    });
    await on.clock.advance(10 * heldFor);
    expect(on.count("Receive")).toBe(3 + 1 + 10);
  });

  test("an endpoint that closes the connection after each answer is not signed in to for it again and again", async () => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    const endpoints = createEndpoints({
      clock,
      connect: async (...options) => {
        const connection = await endpoint.connect(...options);
        return {
          ...connection,
          get usable() {
            return connection.usable;
          },
          exchange: (...request) => connection.exchange(...request).finally(() => connection.close()),
        };
      },
    });
    await endpoints.open(address, credential, never);
    await clock.advance(restBefore + heldFor);
    const before = endpoint.connections;
    await clock.advance(10 * heldFor);
    expect(endpoint.connections).toBe(before);
  });

  test("a sign-in that is refused for it is not tried again: accounts are locked by tries", async () => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    endpoint.commands.set("Get-RemoteSupportAccess", () => []);
    let tries = 0;
    const endpoints = createEndpoints({
      clock,
      connect: async (...options) => {
        tries += 1;
        if (tries > 1) throw new TransportError("signInRefused", "no", { acted: "no" });
        return await endpoint.connect(...options);
      },
    });
    const runspace = await endpoints.open(address, credential, never);
    for (let reading = 0; reading < 5; reading++) {
      await runspace.readAccess({ includeExpired: false }, never);
      await clock.advance(30_000);
    }
    expect(tries).toBe(2);
  });

  test("where no message comes to make room, a command that changes gets a connection of its own", async () => {
    const on = await idle((endpoint) => {
      endpoint.isAnsweringAvailability = false;
    });
    expect(await on.clock.until(revoke(on.runspace))).toEqual(["Revoked."]);
    expect(on.endpoint.connections).toBe(3);
    expect(on.clock.monotonic()).toBeLessThanOrEqual(restBefore + 1_000);
  });

  test("what the pool itself asks is refused politely, so that it goes on", async () => {
    const on = await idle();
    const [shell] = on.endpoint.shells.values();
    const callId = shell?.pool.hostCall(null, readLine, []);
    on.endpoint.wake();
    await on.clock.advance(1);
    expect(on.endpoint.poolAnswers).toEqual([[callId, "NotImplemented"]]);
    expect(await revoke(on.runspace)).toEqual(["Revoked."]);
  });

  test("a runspace that ends while a command waits for a connection is replaced, and the command not lost", async () => {
    const on = await idle((endpoint) => {
      endpoint.isAnsweringAvailability = false;
    });
    const { endpoint } = on;
    const disabling = revoke(on.runspace);
    const [shell] = endpoint.shells.values();
    const { connect } = endpoint;
    let ended = false;
    on.onConnect(async (...options) => {
      if (!ended) {
        ended = true;
        shell?.pool.closed();
        endpoint.wake();
        await setImmediate();
      }
      return await connect(...options);
    });
    expect(await on.clock.until(disabling)).toEqual(["Revoked."]);
    expect(ended).toBe(true);
    expect([on.count("Create"), endpoint.ran]).toEqual([2, ["Disable-RemoteSupport"]]);
  });

  test("a second sign-in that is refused is not tried again by any command, and keeps no door from being shut", async () => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    endpoint.commands.set("Disable-RemoteSupport", () => ["Revoked."]);
    endpoint.commands.set("Get-Command", () => [offeredEnable]);
    let tries = 0;
    const connect: OpenConnection = (...options) => {
      tries += 1;
      if (tries === 1) return endpoint.connect(...options);
      return Promise.reject(new TransportError("signInRefused", "no", { acted: "no" }));
    };
    const runspace = await createEndpoints({ clock, connect }).open(address, credential, never);
    for (let time = 0; time < 3; time++) expect(await revoke(runspace)).toEqual(["Revoked."]);
    const enabling = runspace.enable(
      { level: "Diagnostics", minutes: 480 },
      async () => "yes",
      quietEvents,
      never,
    );
    await expect(enabling).rejects.toMatchObject({ code: "signInRefused" });
    expect([tries, endpoint.ran.filter((name) => name.startsWith("Enable"))]).toEqual([2, []]);
  });

  test("what the pool asks beside a command that may grant is answered by nothing: the command is stopped", async () => {
    const on = await idle((endpoint) => {
      endpoint.isAnsweringAvailability = false;
    });
    on.endpoint.commands.set("Disable-RemoteSupport", async ({ signal }) => {
      on.endpoint.shells.values().next().value?.pool.hostCall(null, readLine, []);
      on.endpoint.wake();
      const stopped = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => stopped.reject(signal.reason), { once: true });
      return await stopped.promise;
    });
    const disabling = revoke(on.runspace);
    await expect(on.clock.until(disabling)).rejects.toMatchObject({ code: "refused" });
    expect(on.endpoint.signals).toEqual(["powershell/signal/crtl_c"]);
    expect(on.endpoint.poolAnswers).toEqual([]);
  });

  test("what the pool asks beside a reading is refused without waiting for the reading's Receive", async () => {
    const on = await idle((endpoint) => {
      endpoint.isAnsweringAvailability = false;
    });
    let answered: unknown = null;
    on.endpoint.commands.set("Get-RemoteSupportAccess", async ({ signal }) => {
      await on.clock.sleep(5_000, signal);
      for (const shell of on.endpoint.shells.values()) shell.pool.hostCall(null, readLine, []);
      on.endpoint.wake();
      await on.clock.sleep(1, signal);
      answered = [...on.endpoint.poolAnswers];
      return [];
    });
    expect(await on.clock.until(on.runspace.readAccess({ includeExpired: false }, never))).toEqual({
      grants: [],
      notUnderstood: [],
    });
    expect([answered, on.endpoint.connections]).toEqual([[[1n, "NotImplemented"]], 3]);
  });

  test("what the pool asks by a connection that is closed after it is refused by the other one", async () => {
    const on = await idle();
    on.endpoint.commands.set("Get-RemoteSupportAccess", () => []);
    const open = new Set<WinrmConnection>();
    on.onConnect(async (...options) => {
      const connection = await on.endpoint.connect(...options);
      open.add(connection);
      return connection;
    });
    // Both are opened anew after so long, and the first one of them waits.
    on.clock.sleepThrough(60_000);
    await on.clock.advance(heldFor);
    const [waits] = open;
    const [shell] = on.endpoint.shells.values();
    const callId = shell?.pool.hostCall(null, readLine, []);
    on.endpoint.wake();
    waits?.close();
    await on.clock.advance(1);
    expect(on.endpoint.poolAnswers).toEqual([[callId, "NotImplemented"]]);
  });

  test.each([
    ["closed", "a reading", "Get-RemoteSupportAccess"],
    ["broken", "a change", "Disable-RemoteSupport"],
  ])("a runspace that says it is %s beside %s ends that at once", async (state, _, name) => {
    const on = await idle((endpoint) => {
      endpoint.isAnsweringAvailability = false;
    });
    let runs = 0;
    on.endpoint.commands.set(name, async ({ signal }) => {
      runs += 1;
      if (runs > 1) return [];
      await on.clock.sleep(5_000, signal);
      for (const { pool } of on.endpoint.shells.values())
        if (state === "closed") pool.closed();
        else pool.broken(errorRecord({ message: "for an update", errorId: "Update" }));
      on.endpoint.wake();
      return await new Promise(() => undefined);
    });
    const running =
      state === "closed" ? on.runspace.readAccess({ includeExpired: false }, never) : revoke(on.runspace);
    const end = await on.clock.until(running.catch((error: unknown) => error));
    // A reading is asked anew; what may have changed something is not.
    if (state === "closed") expect([end, runs]).toEqual([{ grants: [], notUnderstood: [] }, 2]);
    else expect([(end as ConsoleError).code, runs]).toEqual(["notConfirmed", 1]);
    expect(on.clock.monotonic()).toBeLessThanOrEqual(restBefore + 6_000);
  });

  test("a warm conversation that is dropped after its time leaves nothing", async () => {
    const on = await idle();
    await on.runspace[Symbol.asyncDispose]();
    await on.clock.advance(240_000);
    expect(on.endpoint.shells.size).toBe(0);
    const before = on.endpoint.requests.length;
    await on.clock.advance(3_600_000);
    expect(on.endpoint.requests.length).toBe(before);
  });
});
