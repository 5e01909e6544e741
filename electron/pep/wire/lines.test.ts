import { describe, expect, test } from "vitest";
import { memoryAddress } from "../../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../../testing/memoryEndpoint.ts";
import { stillClock } from "../../testing/stillClock.ts";
import { TransportError } from "../../transport/winrmConnection.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import { restBefore } from "./idleReceive.ts";
import { Lines } from "./lines.ts";
import { WinrmPool } from "./winrmPool.ts";

/* Connections that take long to open: whoever waits for one can leave, and takes nobody along. */

const never = new AbortController().signal;
const closed = new Error("window closed");
const command = [{ name: "Get-Next", parameters: [] }];

/** An open pool. `slowly`: what is opened from now on takes that long (milliseconds). */
const opened = async () => {
  const clock = stillClock();
  const endpoint = new MemoryEndpoint(clock);
  endpoint.commands.set("Get-Next", () => ["next"]);
  endpoint.commands.set("Get-Nothing", () => new Promise(() => undefined));
  let [takes, ended] = [0, 0];
  const connect: typeof endpoint.connect = async (...options) => {
    try {
      if (takes > 0) await clock.sleep(takes, options[2].signal);
    } catch {
      ended += 1;
      throw new TransportError("cancelled", "stopped", { acted: "no" });
    }
    return await endpoint.connect(...options);
  };
  const pool = new WinrmPool({
    to: "http://10.0.0.4:5985/wsman",
    configuration: "PrivilegedEndpoint",
    connect: (signal) => connect(memoryAddress, { account: "a", revealPassword: () => "b" }, { signal }),
    clock,
    newId: () => crypto.randomUUID(),
  });
  await pool.open(never);
  const slowly = (milliseconds: number): void => {
    takes = milliseconds;
  };
  return { clock, endpoint, pool, slowly, ended: () => ended };
};

test("a command that waits with the idle pool for a connection is stopped at once", async () => {
  const on = await opened();
  on.slowly(40_000);
  await on.clock.advance(restBefore);
  const stop = new AbortController();
  const running = on.pool.invoke(command, { signal: stop.signal, changes: true });
  const end = running.catch((error: unknown) => error);
  await on.clock.advance(10);
  stop.abort(closed);
  expect(await on.clock.until(end)).toBe(closed);
  expect(on.clock.monotonic()).toBe(restBefore + 10);
  await on.pool.close();
});

test("a command that waits for a connection with one that is given up gets one of its own", async () => {
  const on = await opened();
  on.slowly(5_000);
  on.pool.lines.drop("main");
  await on.clock.advance(restBefore);
  // After sleep the idle pool waits no more.
  on.clock.sleepThrough(600_000);
  const running = on.pool.invoke(command, { signal: never, changes: false });
  expect((await on.clock.until(running)).output).toEqual(["next"]);
  await on.pool.close();
});

test.each(["main", "side"] as const)(
  "the goodbye takes no longer while the %s connection is being opened, and ends that",
  async (name) => {
    const on = await opened();
    on.slowly(40_000);
    const running =
      name === "main"
        ? null
        : on.pool.invoke([{ name: "Get-Nothing", parameters: [] }], { signal: never, changes: false });
    const end = running?.catch((error: unknown) => error);
    if (name === "main") {
      on.pool.lines.drop("main");
      on.pool.lines.get("main", never).catch(() => undefined);
    }
    await on.clock.advance(2_000);
    await on.clock.until(on.pool.close());
    expect(on.clock.monotonic()).toBeLessThanOrEqual(5_000);
    await on.clock.advance(1);
    expect([on.ended(), on.endpoint.connections]).toEqual([1, 1]);
    if (end !== undefined) await on.clock.until(end);
  },
);

describe("an opening that is waited for by several", () => {
  /** Lines whose connections come when they are told to, whatever became of the wish for them. */
  const linesOf = () => {
    const endpoint = new MemoryEndpoint();
    const connect = async (): Promise<WinrmConnection> =>
      await endpoint.connect(memoryAddress, { account: "a", revealPassword: () => "b" }, { signal: never });
    const asked: { readonly signal: AbortSignal; readonly come: () => Promise<WinrmConnection> }[] = [];
    const lines = new Lines((signal) => {
      const coming = Promise.withResolvers<WinrmConnection>();
      const come = async (): Promise<WinrmConnection> => {
        coming.resolve(await connect());
        return await coming.promise;
      };
      asked.push({ signal, come });
      return coming.promise;
    }, stillClock());
    return { lines, asked };
  };
  const cancelled = { name: "TransportError", code: "cancelled", acted: "no" };

  test("goes on until the last of them leaves", async () => {
    const { lines, asked } = linesOf();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [lines.get("main", first.signal), lines.get("main", second.signal)];
    const ends = Promise.allSettled(waiting);
    first.abort(closed);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
    second.abort(closed);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
    const reason = expect.objectContaining(cancelled);
    expect(await ends).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
  });

  test("that comes after all left is closed, and leaves the next one alone", async () => {
    const { lines, asked } = linesOf();
    const stop = new AbortController();
    const left = lines.get("main", stop.signal);
    stop.abort(closed);
    await expect(left).rejects.toMatchObject(cancelled);
    const waiting = lines.get("main", never);
    const late = await asked[0]?.come();
    expect(late?.usable).toBe(false);
    const joined = lines.get("main", never);
    expect(asked).toHaveLength(2);
    const connection = await asked[1]?.come();
    expect([await waiting, await joined, await lines.get("main", never)]).toEqual([
      connection,
      connection,
      connection,
    ]);
    expect(connection?.usable).toBe(true);
  });
});
