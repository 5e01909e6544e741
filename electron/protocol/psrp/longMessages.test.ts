import { describe, expect, test } from "vitest";
import { customObject } from "../clixml/build.ts";
import { writeClixml } from "../clixml/write.ts";
import { ClientPool } from "./clientPool.ts";
import { fragmentHeader, writeFragment } from "./fragments.ts";
import { idOf } from "./ids.ts";
import { contentOf, readMessage, receiveMessage, toClient, writeMessage } from "./messages.ts";
import { messageTypes } from "./messageTypes.ts";
import { PsrpError } from "./psrpError.ts";

const poolId = "00112233-4455-6677-8899-aabbccddeeff";
const pipeline = "01234567-89ab-cdef-0123-456789abcdef";
const line = `AZS-NODE01 "Up" <ok> _x0041_ größe 𝄞\r\n`;
const transcript = customObject({ Lines: line.repeat(60_000), After: "the end" });

function messageOf(text: string): Uint8Array {
  const head = { destination: toClient, type: messageTypes.pipelineOutput };
  const ids = { poolId: idOf(poolId), pipelineId: idOf(pipeline) };
  return writeMessage({ ...head, ...ids, text }, { mark: true });
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.slice(index * size, (index + 1) * size));
}

/** What a client hears when the object comes in fragments. */
function heard(object: Uint8Array): readonly unknown[] {
  const client = new ClientPool(poolId);
  client.open();
  client.joinPipeline(pipeline);
  const pieces = cut(object, 32_768 - fragmentHeader);
  return pieces.flatMap((data, index) => {
    const [start, end] = [index === 0, index === pieces.length - 1];
    const fragment = writeFragment({ objectId: 1n, fragmentId: BigInt(index), start, end, data });
    return client.receive(pipeline, fragment);
  });
}

describe("a message of some megabytes", () => {
  const object = messageOf(writeClixml(transcript));

  test("says what it says, whatever its pieces", () => {
    expect(heard(object)).toEqual([{ type: "output", pipeline, value: transcript }]);
    expect(contentOf(readMessage(object))).toEqual(transcript);
    for (const size of [39, 40, 41, 10_007]) {
      // Pieces of fewer bytes than a header are few: only the first one matters.
      const pieces = [object.slice(0, size), ...cut(object.slice(size), 10_007)];
      expect(receiveMessage(pieces).content()).toEqual(transcript);
    }
  });

  test("is taken away as it is read", () => {
    const pieces = cut(object, 10_007);
    receiveMessage(pieces).content();
    expect(pieces).toEqual([]);
  });

  test.each([
    ["a byte that is no UTF-8", (bytes: Uint8Array) => bytes.fill(0xff, 2_000_000, 2_000_001)],
    ["an end in the midst of a character", (bytes: Uint8Array) => bytes.fill(0xf0, bytes.length - 1)],
    ["an end in the midst of an element", (bytes: Uint8Array) => bytes.slice(0, -3)],
  ])("with %s breaks its pipeline and nothing else", (_, spoil) => {
    const error: unknown = expect.any(PsrpError);
    expect(heard(spoil(object.slice()))).toEqual([{ type: "broken", pipeline, error }]);
  });
});
