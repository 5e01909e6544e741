import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import { writeHostLine } from "../protocol/psrp/records.ts";
import { Secret } from "../services/secret.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import type { Voice } from "../testing/scriptedCommand.ts";
import { stillClock, type StillClock } from "../testing/stillClock.ts";
import { Conversation } from "./conversation.ts";
import { endpointUrl } from "./endpointPlace.ts";
import { mostPayload, mostObjects } from "./wire/measure.ts";
import { WinrmPool } from "./wire/winrmPool.ts";

/* A command that never comes to its end: what it sends is kept up to a measure, then it is stopped. */

const never = new AbortController().signal;
const configuration = "PrivilegedEndpoint";
const address = {
  name: "AZS-ERCS01",
  host: "10.0.0.4",
  port: 5985,
  transport: "http",
  configuration,
} as const;
const account = "AZS\\cloudadmin";

let endpoint: MemoryEndpoint;
let conversation: Conversation;
let clock: StillClock;
beforeEach(() => {
  endpoint = new MemoryEndpoint();
  endpoint.commands.set("Get-Next", () => ["next"]);
  clock = stillClock();
  conversation = new Conversation(
    address,
    { account, password: new Secret("Practice-horse-9") },
    {
      clock,
      newPool: () =>
        new WinrmPool({
          to: endpointUrl(address),
          configuration,
          connect: (signal) =>
            endpoint.connect(address, { account, revealPassword: () => "Practice-horse-9" }, { signal }),
          clock,
          newId: () => crypto.randomUUID(),
        }),
    },
  );
});
afterEach(() => conversation.close());

/** Says it again and again until it is stopped; rests wherever the client may read. */
function endless(say: (voice: Voice) => void, atOnce: number): void {
  endpoint.commands.set("Get-Endless", async (voice) => {
    for (;;) {
      for (let said = 0; said < atOnce; said++) {
        voice.signal.throwIfAborted();
        say(voice);
      }
      endpoint.wake();
      await setImmediate();
    }
  });
}

const big = "x".repeat(1024 * 1024);
const error = errorRecord({ message: "again", errorId: "Again" });

const floods: readonly (readonly [string, (voice: Voice) => void, number, RegExp])[] = [
  ["read that sends objects", ({ pool, pipeline }) => pool.output(pipeline, big), 2, /more than 64 MiB/],
  [
    "read that sends small objects",
    ({ pool, pipeline }) => pool.output(pipeline, null),
    500,
    /more than 100000 objects/,
  ],
  [
    "change that says lines, each another",
    ({ pool, pipeline }) =>
      pool.information(pipeline, writeHostLine(`${Math.random()}${big}`, "2026-11-21T03:10:00Z")),
    2,
    /more than 64 MiB/,
  ],
  [
    "change that sends errors",
    ({ pool, pipeline }) => pool.error(pipeline, error),
    500,
    /more than 10000 errors/,
  ],
];

test.each(floods)(
  "a %s without end is stopped, and its runspace is used again",
  async (what, say, atOnce, says) => {
    endless(say, atOnce);
    const options = { signal: never, changes: what.startsWith("change") };
    const flooded = conversation.run({ name: "Get-Endless", parameters: [] }, options);
    await expect(flooded).rejects.toMatchObject({
      code: "quota",
      message: expect.stringMatching(says) as string,
    });
    await expect(flooded).rejects.toThrow(/AZS-ERCS01 \(10\.0\.0\.4:5985\).*stopped.*less at a time/);
    expect(endpoint.signals).toEqual(["powershell/signal/crtl_c"]);
    const next = await conversation.run({ name: "Get-Next", parameters: [] }, { ...options, changes: false });
    expect(next.output).toEqual(["next"]);
    expect(endpoint.requests.filter((action) => action === "Create")).toHaveLength(1);
  },
  20_000,
);

test("a reading that cannot be stopped either is closed, said for what it was, and not tried again", async () => {
  let runs = 0;
  endpoint.commands.set("Get-Deaf", async ({ pool, pipeline }) => {
    runs += 1;
    for (let said = 0; said < 70; said++) pool.output(pipeline, big);
    endpoint.wake();
    return await new Promise<never>(() => undefined);
  });
  const deaf = conversation.run({ name: "Get-Deaf", parameters: [] }, { signal: never, changes: false });
  await expect(clock.until(deaf)).rejects.toMatchObject({
    code: "quota",
    message: expect.stringMatching(/more than 64 MiB/) as string,
  });
  expect([runs, endpoint.signals]).toEqual([
    1,
    ["powershell/signal/crtl_c", expect.stringMatching(/signal\/terminate$/i)],
  ]);
  const next = await conversation.run(
    { name: "Get-Next", parameters: [] },
    { signal: never, changes: false },
  );
  expect(next.output).toEqual(["next"]);
}, 60_000);

test("what stays within the measure comes whole", async () => {
  const items: readonly ClixmlValue[] = Array.from({ length: 10_000 }, (_item, at) => at);
  endpoint.commands.set("Get-Much", () => [...items, "x".repeat(mostPayload / 4)]);
  expect(items.length).toBeLessThan(mostObjects);
  const much = await conversation.run(
    { name: "Get-Much", parameters: [] },
    { signal: never, changes: false },
  );
  expect(much.output).toHaveLength(10_001);
});
