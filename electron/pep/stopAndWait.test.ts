import { describe, expect, test } from "vitest";
import type { AskPerson } from "../services/ports.ts";
import { inMemory, overSockets } from "../testing/spokenEndpoints.ts";
import type { Script, Speaker, Spoken, SpokenEndpoint } from "../testing/spokenEndpoints.ts";
import type { CommandOptions, Invoked } from "./wire/commandOptions.ts";
import { restBefore } from "./wire/idleReceive.ts";

/* Stopping and waiting in every phase of a command, in memory and at the practice stamp's endpoint. */

const never = new AbortController().signal;
const closed = new Error("window closed");

/** Rejects when the command is stopped, and does nothing else. */
const untilStopped = (speaker: Speaker): Promise<never> => {
  const { promise, reject } = Promise.withResolvers<never>();
  speaker.signal.addEventListener("abort", () => reject(speaker.signal.reason), { once: true });
  return promise;
};

const run = (on: Spoken, name: string, options: Partial<CommandOptions> = {}): Promise<Invoked> =>
  on.conversation.run({ name, parameters: [] }, { signal: never, changes: true, ...options });

/** What the next command, sent at once, gives. */
const next = async (on: Spoken): Promise<unknown> => (await run(on, "Get-Next")).output;
const answersNext: Script = async () => ["next"];

const worlds: readonly (readonly [string, SpokenEndpoint])[] = [
  ["in memory", inMemory],
  ["at the practice stamp", overSockets],
];

describe.each(worlds)("stopping %s, with the next command at once", (_, world) => {
  test("a command that says nothing", async () => {
    const begun = Promise.withResolvers<void>();
    await using on = await world({
      "Get-Nothing": (speaker) => {
        begun.resolve();
        return untilStopped(speaker);
      },
      "Get-Next": answersNext,
    });
    const stop = new AbortController();
    const running = run(on, "Get-Nothing", { signal: stop.signal });
    await begun.promise;
    stop.abort(closed);
    await expect(running).rejects.toBe(closed);
    expect(await next(on)).toEqual(["next"]);
  });

  test("when nothing runs", async () => {
    await using on = await world({ "Get-Next": answersNext });
    const stop = new AbortController();
    await run(on, "Get-Next", { signal: stop.signal });
    const before = on.requests();
    stop.abort(closed);
    await expect(run(on, "Get-Next", { signal: stop.signal })).rejects.toBe(closed);
    expect(on.requests()).toBe(before);
    expect(await next(on)).toEqual(["next"]);
  });

  test("in a burst of 1 000 lines", async () => {
    await using on = await world({
      "Write-Burst": async (speaker) => {
        for (let line = 1; line <= 1_000; line++) {
          speaker.signal.throwIfAborted();
          speaker.say(`line ${line}`);
          if (line % 50 === 0) await speaker.breathe();
        }
        return await untilStopped(speaker);
      },
      "Get-Next": answersNext,
    });
    const stop = new AbortController();
    const heard: string[] = [];
    const onSaid = (line: string): void => {
      heard.push(line);
      if (heard.length === 300) stop.abort(closed);
    };
    await expect(run(on, "Write-Burst", { signal: stop.signal, onSaid })).rejects.toBe(closed);
    expect(heard.slice(0, 300)).toEqual(Array.from({ length: 300 }, (_line, at) => `line ${at + 1}`));
    expect(await next(on)).toEqual(["next"]);
  });

  const answered = (answers: unknown[]): Readonly<Record<string, Script>> => ({
    "Ask-Operator": async (speaker) => {
      answers.push(await speaker.ask());
      return ["went on"];
    },
    "Get-Next": answersNext,
  });

  test("inside a question", async () => {
    const answers: unknown[] = [];
    await using on = await world(answered(answers));
    const stop = new AbortController();
    const ask: AskPerson = () => {
      queueMicrotask(() => stop.abort(closed));
      return new Promise(() => undefined);
    };
    await expect(run(on, "Ask-Operator", { signal: stop.signal, ask })).rejects.toBe(closed);
    expect(await next(on)).toEqual(["next"]);
    expect(answers).toEqual([]);
  });

  test("before an answer that comes later", async () => {
    const answers: unknown[] = [];
    await using on = await world(answered(answers));
    const stop = new AbortController();
    const answer = Promise.withResolvers<"yes">();
    const ask: AskPerson = () => {
      stop.abort(closed);
      return answer.promise;
    };
    const running = run(on, "Ask-Operator", { signal: stop.signal, ask });
    await expect(running).rejects.toBe(closed);
    answer.resolve("yes");
    expect(await next(on)).toEqual(["next"]);
    expect(answers).toEqual([]);
  });

  const races: readonly (readonly [string, (stop: () => void) => void])[] = [
    ["just before", (stop) => stop()],
    ["in the same turn as", (stop) => queueMicrotask(stop)],
    ["a turn after", (stop) => void setImmediate(stop)],
    ["while the Send is under way, after", (stop) => void setImmediate(() => setImmediate(stop))],
  ];

  test.each(races)("%s the answer to its question", async (_when, racing) => {
    const answers: unknown[] = [];
    await using on = await world(answered(answers));
    const stop = new AbortController();
    const ask: AskPerson = async () => {
      racing(() => stop.abort(closed));
      return "yes";
    };
    const outcome = await run(on, "Ask-Operator", { signal: stop.signal, ask }).then(
      ({ output }) => output,
      (error: unknown) => error,
    );
    // Whichever was first: what was stopped is told as stopped, and what is told as done was answered by a Yes.
    if (outcome !== closed) expect([outcome, answers]).toEqual([["went on"], [0]]);
    expect(await next(on)).toEqual(["next"]);
  });
});

describe.each(worlds)("waiting %s", (_, world) => {
  test("15 s of silence and then one line", async () => {
    const begun = Promise.withResolvers<void>();
    await using on = await world({
      "Get-Late": async (speaker) => {
        begun.resolve();
        await speaker.rest(15_000);
        speaker.say("at last");
        return ["late"];
      },
    });
    const running = run(on, "Get-Late");
    await begun.promise;
    await on.clock.advance(15_000);
    expect(await running).toMatchObject({ output: ["late"], said: ["at last"], end: "completed" });
  });

  test("10 000 items, and the last one arrives", async () => {
    await using on = await world({
      "Get-Many": async () => Array.from({ length: 10_000 }, (_item, at) => `item ${at + 1}`),
    });
    const { output } = await run(on, "Get-Many");
    expect(output).toHaveLength(10_000);
    expect(output.at(-1)).toBe("item 10000");
  });

  test("a question open across many time-outs, each of which is asked again", async () => {
    await using on = await world({ "Ask-Operator": async (speaker) => [await speaker.ask()] });
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<"no">()];
    const ask: AskPerson = () => {
      asked.resolve();
      return answer.promise;
    };
    const running = run(on, "Ask-Operator", { ask });
    await asked.promise;
    for (let minute = 1; minute <= 5; minute++) {
      const before = on.requests();
      await on.aMinute();
      await expect.poll(() => on.requests()).toBeGreaterThan(before);
    }
    answer.resolve("no");
    expect(await running).toMatchObject({ output: [1], answer: "no" });
  });

  test("a second command while the first runs waits for it", async () => {
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    await using on = await world({
      "Get-First": async () => {
        begun.resolve();
        await go.promise;
        order.push("first");
        return ["first"];
      },
      "Get-Next": async () => {
        order.push("second");
        return ["next"];
      },
    });
    const first = run(on, "Get-First");
    await begun.promise;
    const second = run(on, "Get-Next");
    go.resolve();
    expect([(await first).output, (await second).output, order]).toEqual([
      ["first"],
      ["next"],
      ["first", "second"],
    ]);
  });

  test("a second command that is stopped while it waits is never sent", async () => {
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await using on = await world({
      "Get-First": async () => {
        begun.resolve();
        await go.promise;
        return ["first"];
      },
      "Get-Next": answersNext,
    });
    const stop = new AbortController();
    const first = run(on, "Get-First");
    await begun.promise;
    const second = run(on, "Get-Next", { signal: stop.signal });
    stop.abort(closed);
    go.resolve();
    expect((await first).output).toEqual(["first"]);
    const before = on.requests();
    await expect(second).rejects.toBe(closed);
    expect(on.requests()).toBe(before);
  });
});

test("a conversation that is closed while its runspace is replaced opens no other, and runs nothing", async () => {
  await using on = await inMemory({ "Get-Next": answersNext });
  await on.conversation.open(never);
  const [shell] = on.memory.shells.values();
  await on.clock.advance(restBefore);
  shell?.pool.closed();
  on.memory.wake();
  await on.clock.advance(1);
  on.memory.mishap = (action) => {
    if (action === "Delete") void on.conversation.close();
    return null;
  };
  await expect(run(on, "Get-Next")).rejects.toMatchObject({ code: "cancelled" });
  await on.conversation.close();
  expect([on.shells(), on.memory.ran]).toEqual([[], []]);
});

test("a command that is stopped while the rest of it is sent is stopped once", async () => {
  await using on = await inMemory({ "Get-Nothing": untilStopped });
  const stop = new AbortController();
  on.memory.mishap = (action) => {
    if (action === "Send") stop.abort(closed);
    return null;
  };
  const parameters = [{ name: "Text", value: "x".repeat(200_000) }];
  const options = { signal: stop.signal, changes: true };
  await expect(on.conversation.run({ name: "Get-Nothing", parameters }, options)).rejects.toBe(closed);
  expect(on.memory.signals).toEqual(["powershell/signal/crtl_c"]);
});
