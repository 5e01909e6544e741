import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { readRequest } from "../protocol/wsman/readRequest.ts";
import { signalCodes } from "../protocol/wsman/names.ts";
import { writeResponse } from "../protocol/wsman/writeAnswer.ts";
import { memoryAddress, memoryCredential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { stillClock } from "../testing/stillClock.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { OpenConnection } from "../transport/winrmConnection.ts";
import { Conversation } from "./conversation.ts";
import { endpointUrl } from "./endpointPlace.ts";
import { WinrmPool } from "./wire/winrmPool.ts";

/* How long a stop may take: counted from the moment it is sent, whatever the endpoint takes to answer it. */

const closed = new Error("window closed");
const never = new AbortController().signal;

/**
 * An endpoint whose command obeys no stop, and which answers a Signal after `answersAfter` milliseconds. What was
 * signalled is noted with its time.
 */
async function deaf(answersAfter: number) {
  const clock = stillClock();
  const endpoint = new MemoryEndpoint(clock);
  const begun = Promise.withResolvers<void>();
  endpoint.commands.set("Get-Nothing", () => {
    begun.resolve();
    return new Promise(() => undefined);
  });
  endpoint.commands.set("Get-Next", () => ["next"]);
  const signalled: (readonly [code: string, at: number])[] = [];
  const connect: OpenConnection = async (address, credential, options) => {
    const connection = await endpoint.connect(address, credential, options);
    return {
      ...connection,
      get usable() {
        return connection.usable;
      },
      exchange: async (envelope, { signal, ...waits }) => {
        const request = readRequest(envelope);
        if (request.type === "refused" || request.body.type !== "signal")
          return await connection.exchange(envelope, { signal, ...waits });
        signalled.push([request.body.code, clock.monotonic()]);
        await clock.sleep(answersAfter, signal).catch(() => {
          connection.close();
          throw new TransportError("cancelled", "stopped", { acted: "maybe" });
        });
        // It is answered, and nothing comes of it.
        return { status: 200, envelope: writeResponse(request.headers, { type: "signalled" }, randomUUID) };
      },
    };
  };
  const newPool = (): WinrmPool =>
    new WinrmPool({
      to: endpointUrl(memoryAddress),
      configuration: memoryAddress.configuration,
      connect: (signal) => connect(memoryAddress, { account: "", revealPassword: () => "" }, { signal }),
      clock,
      newId: randomUUID,
    });
  const conversation = new Conversation(memoryAddress, memoryCredential, { clock, newPool });
  return { clock, conversation, signalled, begun: begun.promise, endpoint };
}

test.each([
  ["at once", 0],
  ["after fourteen seconds", 14_000],
  ["never", 3_600_000],
])("a stop whose Signal is answered %s is given up after the same time", async (_, answersAfter) => {
  const { clock, conversation, signalled, begun } = await deaf(answersAfter);
  const stop = new AbortController();
  const running = conversation.run(
    { name: "Get-Nothing", parameters: [] },
    { signal: stop.signal, changes: false },
  );
  const outcome = running.then(
    () => "completed",
    (error: unknown) => [error, clock.monotonic()],
  );
  await begun;
  await clock.advance(2_000);
  const act = clock.monotonic();
  stop.abort(closed);
  const [error, at] = (await clock.until(outcome)) as [unknown, number];
  expect(error).toBe(closed);
  expect(at - act).toBeLessThanOrEqual(20_000);
  const stops = signalled.filter(([code]) => code === signalCodes.stop).map(([, sent]) => sent - act);
  const ends = signalled.filter(([code]) => code === signalCodes.terminate).map(([, sent]) => sent - act);
  expect([stops, ends]).toEqual([[0], [15_000]]);
  expect((await clock.until(conversation.read({ name: "Get-Next", parameters: [] }, never))).output).toEqual([
    "next",
  ]);
});
