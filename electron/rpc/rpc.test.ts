import { expect, test, vi } from "vitest";
import { z } from "zod";
import { ConsoleError, request, stream } from "#contract";
import type { Handlers } from "#contract";
import { connect, memoryPair, serve } from "./index.ts";

const contract = {
  numbers: {
    half: request({ input: z.strictObject({ of: z.int().min(2).max(100) }), output: z.number() }),
    count: stream({ input: z.strictObject({ to: z.int() }), output: z.int() }),
  },
  doors: {
    shut: request({ input: z.strictObject({}), output: z.string(), urgent: true }),
    follow: stream({ input: z.strictObject({}), output: z.string(), urgent: true }),
  },
};
type Parts = Handlers<typeof contract>["numbers"];
type Doors = Handlers<typeof contract>["doors"];

async function* counting({ to }: { readonly to: number }): AsyncGenerator<number> {
  for (let number = 1; number <= to; number++) yield number;
}

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

const shuttingDoors: Doors = {
  shut: async () => "shut",
  follow: async function* () {
    yield "shutting";
    yield "shut";
  },
};

function joined(
  parts: Partial<Parts> = {},
  versions: { page?: string; console?: string } = {},
  doors: Doors = shuttingDoors,
) {
  const [page, own] = memoryPair();
  const logged: unknown[] = [];
  const log = { write: (...line: readonly unknown[]) => void logged.push(line) };
  const numbers: Parts = { half: async ({ of }) => of / 2, count: counting, ...parts };
  const serving = serve(contract, { numbers, doors }, own, { log, version: versions.console ?? "1" });
  const client = connect(contract, page, { version: versions.page ?? "1" });
  return { client, page, own, logged, serving };
}

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => expect.unreachable("it should have failed"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConsoleError);
  return (error as ConsoleError).code;
};

test("a request is answered", async () => {
  expect(await joined().client.numbers.half({ of: 8 })).toBe(4);
});

test("answers find their questions, whatever order they come in", async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const { client } = joined({
    half: async ({ of }) => {
      if (of === 8) await gate;
      else open();
      return of / 2;
    },
  });
  expect(await Promise.all([client.numbers.half({ of: 8 }), client.numbers.half({ of: 6 })])).toEqual([4, 3]);
});

test("a stream ends with its newest snapshot seen", async () => {
  const seen: number[] = [];
  for await (const number of joined().client.numbers.count({ to: 1000 })) seen.push(number);
  expect(seen.at(-1)).toBe(1000);
});

test("a slow reader gets the newest snapshot and none of those between", async () => {
  let sent = (): void => undefined;
  const allSent = new Promise<void>((resolve) => (sent = resolve));
  const { client } = joined({
    count: async function* ({ to }) {
      yield* counting({ to });
      sent();
      await new Promise(() => undefined);
    },
  });
  const reader = client.numbers.count({ to: 50 });
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  await allSent;
  await client.numbers.half({ of: 2 });
  expect(await reader.next()).toEqual({ done: false, value: 50 });
  await reader.return?.();
});

test("a failure that follows an unread snapshot waits until it was read", async () => {
  const { client } = joined({
    count: async function* () {
      yield 7;
      throw new ConsoleError("unreachable", "azs-ercs01 did not answer.", { remedy: "retry" });
    },
  });
  const reader = client.numbers.count({ to: 1 });
  expect(await reader.next()).toEqual({ done: false, value: 7 });
  await expect(reader.next()).rejects.toMatchObject({
    code: "unreachable",
    message: "azs-ercs01 did not answer.",
    remedy: "retry",
  });
});

test("leaving the loop aborts the handler", async () => {
  const ended = Promise.withResolvers<string>();
  const { client } = joined({
    count: async function* (_input, signal) {
      yield 1;
      await aborted(signal);
      ended.resolve("aborted");
    },
  });
  for await (const number of client.numbers.count({ to: 3 })) if (number === 1) break;
  expect(await ended.promise).toBe("aborted");
});

test("leaving while a snapshot is awaited ends the wait", async () => {
  const { client } = joined({
    count: async function* (_input, signal) {
      await aborted(signal);
      yield 1;
    },
  });
  const reader = client.numbers.count({ to: 3 });
  const waiting = reader.next();
  await reader.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("an aborted call rejects as cancelled and aborts the handler", async () => {
  const controller = new AbortController();
  const calls: Promise<void>[] = [];
  const { client, serving } = joined({
    half: async (_input, signal) => {
      calls.push(aborted(signal));
      controller.abort();
      await calls[0];
      throw signal.reason;
    },
  });
  expect(await codeOf(client.numbers.half({ of: 4 }, { signal: controller.signal }))).toBe("cancelled");
  await calls[0];
  await serving.settled();
});

test("an aborted loop rejects as cancelled", async () => {
  const controller = new AbortController();
  const { client } = joined({
    count: async function* (_input, signal) {
      yield 1;
      await aborted(signal);
    },
  });
  const reader = client.numbers.count({ to: 3 }, { signal: controller.signal });
  await reader.next();
  controller.abort();
  expect(await codeOf(reader.next())).toBe("cancelled");
});

test("a call with a signal that is aborted already is not sent", async () => {
  const calls: number[] = [];
  const { client } = joined({ half: async ({ of }) => calls.push(of) });
  const signal = AbortSignal.abort();
  expect(await codeOf(client.numbers.half({ of: 4 }, { signal }))).toBe("cancelled");
  expect(await codeOf(client.numbers.count({ to: 4 }, { signal }).next())).toBe("cancelled");
  await client.numbers.half({ of: 6 });
  expect(calls).toEqual([6]);
});

test.each([
  [{ of: 1 }, '"of" must be at least 2. Nothing was done (numbers.half).'],
  [{ of: 101 }, '"of" must be at most 100. Nothing was done (numbers.half).'],
  [{ of: 4.5 }, '"of" must be a whole number. Nothing was done (numbers.half).'],
  [{ of: "secret word" }, '"of" must be a number. Nothing was done (numbers.half).'],
  [{}, '"of" must be a number. Nothing was done (numbers.half).'],
  [{ of: 4, or: 5 }, "The input has a field that is not known: or. Nothing was done (numbers.half)."],
])("the input %j is refused in words that name the field", async (input, sentence) => {
  const call = joined().client.numbers.half(input as never);
  await expect(call).rejects.toMatchObject({ code: "invalidInput", message: sentence });
});

test("anything but a ConsoleError crosses as internal and is logged whole", async () => {
  const bug = new TypeError("the secret inside");
  const { client, logged } = joined({ half: async () => Promise.reject(bug) });
  const error: unknown = await client.numbers.half({ of: 4 }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "internal" });
  expect(String(error)).not.toContain("secret inside");
  expect(logged).toEqual([["error", "rpc.internal", { operation: "numbers.half" }, bug]]);
});

test("an answer of the wrong shape never reaches the caller", async () => {
  const { client } = joined({ half: async () => "four" as never });
  expect(await codeOf(client.numbers.half({ of: 8 }))).toBe("internal");
});

test("a snapshot of the wrong shape ends the stream and leaves the handler", async () => {
  const ended = Promise.withResolvers<string>();
  const { client } = joined({
    count: async function* (_input, signal) {
      yield "one" as never;
      await aborted(signal);
      ended.resolve("aborted");
    },
  });
  const reader = client.numbers.count({ to: 2 });
  expect(await codeOf(reader.next())).toBe("internal");
  expect(await reader.next()).toEqual({ done: true, value: undefined });
  expect(await ended.promise).toBe("aborted");
});

test("when the channel closes, calls are lost, handlers are aborted, later calls fail at once", async () => {
  const ended = Promise.withResolvers<unknown>();
  const { client, page, serving } = joined({
    half: async (_input, signal) => {
      queueMicrotask(() => page.close());
      await aborted(signal);
      ended.resolve(signal.reason);
      throw signal.reason;
    },
  });
  expect(await codeOf(client.numbers.half({ of: 4 }))).toBe("channelLost");
  expect(await ended.promise).toMatchObject({ code: "channelLost" });
  await serving.settled();
  expect(await codeOf(client.numbers.half({ of: 4 }))).toBe("channelLost");
  expect(await codeOf(client.numbers.count({ to: 4 }).next())).toBe("channelLost");
});

test("a page of another build is refused in words, and nothing is done for it", async () => {
  const calls: number[] = [];
  const { client } = joined({ half: async ({ of }) => calls.push(of) }, { page: "1", console: "2" });
  const call = client.numbers.half({ of: 4 });
  await expect(call).rejects.toMatchObject({
    code: "wrongVersion",
    message: expect.stringContaining("different builds") as string,
  });
  expect(calls).toEqual([]);
});

test.each([["__proto__.half"], ["numbers.constructor"], ["numbers.half.more"], ["half"], [""]])(
  "there is no operation %j",
  async (operation) => {
    const { page } = joined();
    const answer = new Promise((resolve) => {
      page.onFrame((frame) => {
        if ((frame as { readonly id: number }).id === 99) resolve(frame);
      });
    });
    page.send({ kind: "call", id: 99, operation, input: {} });
    expect(await answer).toMatchObject({ kind: "fail", code: "invalidInput" });
  },
);

test.each([["text"], [null], [{ kind: "call", id: -1 }], [{ kind: "hello", id: 0, version: "1", more: 1 }]])(
  "the unreadable frame %j closes the channel",
  async (frame) => {
    const { page, logged } = joined();
    const closed = new Promise<void>((resolve) => page.onClose(resolve));
    page.send(frame);
    await closed;
    expect(logged[0]).toEqual(["warn", "rpc.badFrame", {}, expect.anything()]);
  },
);

/** Ordinary calls that go on until they are let go. */
function held() {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const half: Parts["half"] = async ({ of }) => {
    begun += 1;
    await gate.promise;
    return of / 2;
  };
  return { half, begun: () => begun, letGo: gate.resolve };
}

const many = <T>(count: number, call: () => Promise<T>): Promise<T>[] => Array.from({ length: count }, call);

test("an overview of 500 targets with three streams each is served whole", async () => {
  const { half, begun, letGo } = held();
  const { client } = joined({ half });
  const asked = many(1_500, () => client.numbers.half({ of: 8 }));
  await client.doors.shut({});
  expect(begun()).toBe(1_500);
  letGo();
  expect(new Set(await Promise.all(asked))).toEqual(new Set([4]));
});

test("a caller that floods is refused beyond a bound, and served again when calls have ended", async () => {
  const { half, begun, letGo } = held();
  const { client } = joined({ half });
  const asked = many(5_000, () => client.numbers.half({ of: 8 }));
  const ends = Promise.allSettled(asked);
  expect(await codeOf(asked.at(-1) ?? Promise.resolve())).toBe("quota");
  letGo();
  const fulfilled = (await ends).filter(({ status }) => status === "fulfilled");
  expect([begun(), fulfilled.length]).toEqual([2_000, 2_000]);
  expect(await client.numbers.half({ of: 8 })).toBe(4);
});

test("what is urgent is served whatever else is under way, as a request and as a stream", async () => {
  const { half, letGo } = held();
  const { client } = joined({ half });
  const asked = many(5_000, () => client.numbers.half({ of: 8 }));
  const ends = Promise.allSettled(asked);
  expect(await client.doors.shut({})).toBe("shut");
  const seen: string[] = [];
  for await (const state of client.doors.follow({})) seen.push(state);
  expect(seen.at(-1)).toBe("shut");
  letGo();
  await ends;
});

test("urgent calls under way take no place from ordinary ones, and only a runaway meets their bound", async () => {
  const gate = Promise.withResolvers<string>();
  const { client } = joined({}, {}, { ...shuttingDoors, shut: () => gate.promise });
  const asked = many(20_001, () => client.doors.shut({}));
  const ends = Promise.allSettled(asked);
  expect(await codeOf(asked.at(-1) ?? Promise.resolve())).toBe("quota");
  expect(await client.numbers.half({ of: 8 })).toBe(4);
  gate.resolve("shut");
  expect((await ends).filter(({ status }) => status === "fulfilled")).toHaveLength(20_000);
});

test.each([
  ['{"kind":"call","id":1,"operation":"__proto__.toString"}', "fail"],
  ['{"kind":"call","id":1,"operation":"numbers.constructor"}', "fail"],
  ['{"kind":"call","id":1,"operation":"numbers.half","input":{"of":8,"__proto__":{"of":2}}}', "fail"],
  ['{"kind":"call","id":1,"operation":"numbers.half","input":{"__proto__":{"of":8}}}', "fail"],
  ['{"kind":"call","id":1,"operation":"numbers.half","input":{"of":8},"__proto__":{"id":2}}', "closed"],
  ['{"__proto__":{"kind":"call","id":1,"operation":"numbers.half","input":{"of":8}}}', "closed"],
])("%s reaches no handler and changes nothing for others", async (text, end) => {
  const [page, own] = memoryPair();
  const half = vi.fn<Parts["half"]>(async ({ of }) => of / 2);
  serve(contract, { numbers: { half, count: counting }, doors: shuttingDoors }, own, {
    log: { write: () => undefined },
    version: "1",
  });
  const closed = new Promise<string>((resolve) => page.onClose(() => resolve("closed")));
  const failed = new Promise<string>((resolve) =>
    page.onFrame((frame) => {
      if ((frame as { readonly kind: string }).kind === "fail") resolve("fail");
    }),
  );
  page.send({ kind: "hello", id: 0, version: "1" });
  page.send(JSON.parse(text));
  expect(await Promise.race([closed, failed])).toBe(end);
  expect(half).not.toHaveBeenCalled();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
