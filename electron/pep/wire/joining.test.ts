import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { AskPerson } from "../../services/ports.ts";
import { inMemory, overSockets } from "../../testing/spokenEndpoints.ts";
import type { Script, Spoken, SpokenEndpoint } from "../../testing/spokenEndpoints.ts";
import type { CommandOptions, Invoked } from "./commandOptions.ts";
import type { WinrmPool } from "./winrmPool.ts";

/* A runspace is left and found again: by the same client, and by another one. */

const never = new AbortController().signal;
const scripts: Readonly<Record<string, Script>> = { "Get-Next": async () => ["next"] };

const run = (pool: WinrmPool, name: string, options: Partial<CommandOptions> = {}): Promise<Invoked> =>
  pool.invoke([{ name, parameters: [] }], { signal: never, changes: true, ...options });

const opened = async (on: Spoken): Promise<WinrmPool> => {
  const pool = on.newPool();
  await pool.open(never);
  return pool;
};

/** A command that asks, answered No when `answer` is resolved. */
const asking = (): {
  readonly scripts: Readonly<Record<string, Script>>;
  readonly asked: Promise<void>;
  readonly answer: () => void;
  readonly ask: AskPerson;
} => {
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<"no">()];
  return {
    scripts: { ...scripts, "Ask-Operator": async (speaker) => [await speaker.ask()] },
    asked: asked.promise,
    answer: () => answer.resolve("no"),
    ask: () => {
      asked.resolve();
      return answer.promise;
    },
  };
};

const worlds: readonly (readonly [string, SpokenEndpoint])[] = [
  ["in memory", inMemory],
  ["at the practice stamp", overSockets],
];

describe.each(worlds)("%s", (_, world) => {
  test("a runspace that was disconnected is the same one after a reconnect", async () => {
    await using on = await world(scripts);
    const pool = await opened(on);
    await pool.disconnect(never);
    expect(pool.usable).toBe(false);
    await pool.reconnect(never);
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    expect(on.shells()).toEqual([pool.shellId]);
    await pool.close();
    expect(on.shells()).toEqual([]);
  });

  test("a Receive that waited when the runspace was disconnected is nobody's: its command goes on after", async () => {
    const question = asking();
    await using on = await world(question.scripts);
    const pool = await opened(on);
    const running = run(pool, "Ask-Operator", { ask: question.ask });
    await question.asked;
    await pool.disconnect(never);
    await pool.reconnect(never);
    question.answer();
    expect(await running).toMatchObject({ output: [1], answer: "no", end: "completed" });
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    await pool.close();
  });

  test("another client joins the runspace of one that is no more, and ends it", async () => {
    await using on = await world(scripts);
    const gone = await opened(on);
    gone.lines.close();
    const pool = on.newPool();
    await pool.join(gone.shellId, never);
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    expect(on.shells()).toEqual([gone.shellId]);
    await pool.close();
    expect(on.shells()).toEqual([]);
  });

  test("a disconnected runspace is joined all the same", async () => {
    await using on = await world(scripts);
    const left = await opened(on);
    await left.disconnect(never);
    left.lines.close();
    const pool = on.newPool();
    await pool.join(left.shellId, never);
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    await pool.close();
  });

  test("a runspace that is not there cannot be joined, and none is left behind", async () => {
    await using on = await world(scripts);
    const pool = on.newPool();
    await expect(pool.join("3F2504E0-4F89-41D3-9A0C-0305E82C3301", never)).rejects.toMatchObject({
      fault: { code: 2_150_858_843 },
    });
    expect(pool.usable).toBe(false);
    expect(on.shells()).toEqual([]);
  });

  test("a fault on Disconnect leaves the runspace open, and the Receive that waits goes on", async () => {
    const question = asking();
    await using on = await world(question.scripts);
    const pool = await opened(on);
    const running = run(pool, "Ask-Operator", { ask: question.ask });
    await question.asked;
    on.refuseDisconnect(2_150_859_213);
    await expect(pool.disconnect(never)).rejects.toMatchObject({ fault: { code: 2_150_859_213 } });
    expect(pool.usable).toBe(true);
    question.answer();
    expect(await running).toMatchObject({ output: [1], end: "completed" });
  });
});

/* Protocol 5.10: what becomes of a Receive that waits at a Disconnect differs, and may be told late. */
describe.each([
  ["before the Disconnect is answered", false],
  ["after the Reconnect", true],
] as const)("a Receive that is left behind and told %s", (_, isLate) => {
  test.each([
    ["that it was disconnected", 2_150_859_230],
    ["that it was aborted", 995],
    ["that its time is over", 2_150_858_793],
    ["that its command is gone", 2_150_858_843],
    ["nothing, its socket is cut", "cut"],
    ["something that answers no Receive", "odd"],
  ] as const)("%s, leaves its command in order", async (_what, leftReceive) => {
    const question = asking();
    await using on = await inMemory(question.scripts);
    const pool = await opened(on);
    const running = run(pool, "Ask-Operator", { ask: question.ask });
    await question.asked;
    const back = Promise.withResolvers<void>();
    on.memory.leftReceive = leftReceive;
    if (isLate) on.memory.leftReceiveAfter = back.promise;
    await pool.disconnect(never);
    await pool.reconnect(never);
    back.resolve();
    await setImmediate();
    question.answer();
    expect(await running).toMatchObject({ output: [1], answer: "no", end: "completed" });
    expect((await run(pool, "Get-Next")).output).toEqual(["next"]);
    await pool.close();
  });
});

test("a runspace that is closed while it is left has its command told as lost", async () => {
  const question = asking();
  await using on = await inMemory(question.scripts);
  const pool = await opened(on);
  const running = run(pool, "Ask-Operator", { ask: question.ask });
  const end = running.catch((error: unknown) => error);
  await question.asked;
  await pool.disconnect(never);
  await pool.close();
  expect(await on.clock.until(end)).toMatchObject({ name: "PoolLost", acted: "maybe" });
});
