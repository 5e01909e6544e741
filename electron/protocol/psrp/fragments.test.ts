import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatenate } from "../concatenate.ts";
import { retainedBytes } from "../../testing/retainedBytes.ts";
import { FragmentAssembler } from "./fragmentAssembler.ts";
import { fragmentHeader, readFragments, writeFragment } from "./fragments.ts";
import { hexOf, idOf, noId } from "./ids.ts";
import { clientLimits } from "./limits.ts";
import { toServer, writeMessage } from "./messages.ts";
import { messageTypes } from "./messageTypes.ts";
import { objectIds, Outbox } from "./outbox.ts";
import { PsrpError } from "./psrpError.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/[\s|]/g, ""), "hex"));
const assembler = (limits = clientLimits): FragmentAssembler =>
  new FragmentAssembler(limits, { bytes: 0, objects: 0 });
const piece = (objectId: bigint, fragmentId: bigint, flags: string, data: Uint8Array): Uint8Array =>
  writeFragment({ objectId, fragmentId, start: flags.includes("s"), end: flags.includes("e"), data });
const outcomeOf = (act: () => unknown): unknown => {
  try {
    act();
    return "as allowed";
  } catch (error) {
    return error instanceof PsrpError ? "as allowed" : error;
  }
};
const some = Uint8Array.of(1, 2, 3);
const anId = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

describe("fragments", () => {
  test("the worked example of a message cut at 16 bytes is written to the byte", () => {
    const message = writeMessage(
      {
        destination: toServer,
        type: messageTypes.endOfPipelineInput,
        poolId: idOf("00112233-4455-6677-8899-aabbccddeeff"),
        pipelineId: idOf("01234567-89AB-CDEF-0123-456789ABCDEF"),
        text: "",
      },
      { mark: false },
    );
    const ids = objectIds();
    for (let at = 1; at < 7; at++) ids.next();
    const outbox = new Outbox(ids);
    outbox.put(message);
    const expected = [
      "0000000000000007|0000000000000000|01|00000010|02000000031004003322110055447766",
      "0000000000000007|0000000000000001|00|00000010|8899aabbccddeeff67452301ab89efcd",
      "0000000000000007|0000000000000002|02|00000008|0123456789abcdef",
    ];
    for (const text of expected) expect(outbox.take(37)).toEqual(hex(text));
    expect(outbox.take(37)).toBeNull();
  });

  test("an id is written in .NET order", () => {
    expect(hexOf(idOf("00112233-4455-6677-8899-aabbccddeeff"))).toBe("33221100554477668899aabbccddeeff");
    expect(hexOf(noId)).toBe("0".repeat(32));
  });

  test("how objects are cut never changes what is read", () => {
    const objects = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 6 });
    const limits = fc.array(fc.integer({ min: 22, max: 90 }), { minLength: 1 });
    fc.assert(
      fc.property(objects, limits, fc.boolean(), (messages, sizes, packed) => {
        const outbox = new Outbox(objectIds());
        for (const message of messages) outbox.put(message);
        const payloads: Uint8Array[] = [];
        for (let turn = 0; !outbox.empty; turn++) {
          const size = sizes[turn % sizes.length] ?? 22;
          if (packed) payloads.push(Buffer.concat(outbox.takeMany(size + 70)));
          else payloads.push(outbox.take(size) ?? new Uint8Array());
        }
        const reader = assembler();
        const read = payloads.flatMap((payload) => reader.receive(payload)).map((object) => [...object]);
        expect(read).toEqual(messages.map((message) => [...message]));
      }),
    );
  });

  test("arbitrary bytes give objects or the named error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(outcomeOf(() => assembler().receive(bytes))).toBe("as allowed");
      }),
    );
  });

  test.each([
    ["object id 0", [piece(0n, 0n, "se", some)]],
    ["a gap", [piece(1n, 0n, "s", some), piece(1n, 2n, "e", some)]],
    ["another object in the middle", [piece(1n, 0n, "s", some), piece(2n, 1n, "e", some)]],
    ["an end without a start", [piece(1n, 1n, "e", some)]],
    ["a start that is not fragment 0", [piece(1n, 1n, "se", some)]],
    ["a rest of a fragment", [piece(1n, 0n, "se", some).subarray(0, 23)]],
    [
      "a run of empty fragments",
      [0n, 1n, 2n, 3n].map((at) => piece(1n, at, at === 0n ? "s" : "", new Uint8Array())),
    ],
    ["restarts without end", Array.from({ length: 102 }, (_, at) => piece(BigInt(at + 1), 0n, "s", some))],
  ])("%s is refused", (_, payloads) => {
    const reader = assembler();
    expect(() => payloads.flatMap((payload) => reader.receive(payload))).toThrow(PsrpError);
  });

  test("an object over the limit is refused before it is kept", () => {
    const reader = assembler({ ...clientLimits, objectBytes: 60 });
    reader.receive(piece(1n, 0n, "s", some));
    expect(() => reader.receive(piece(1n, 1n, "", new Uint8Array(40)))).toThrow(/more than 60 bytes/);
  });

  test("fragments of one byte take the memory of their bytes", () => {
    const count = 100_000;
    const kept = (): FragmentAssembler => {
      const reader = assembler();
      for (let at = 0; at < count; at++)
        reader.receive(piece(1n, BigInt(at), at === 0 ? "s" : "", some.subarray(1, 2)));
      return reader;
    };
    expect(retainedBytes(kept)).toBeLessThan(10 * count);
  });

  test("what all sources keep together is bounded", () => {
    const load = { bytes: 0, objects: 0 };
    const limits = { ...clientLimits, objectsUnderWay: 2 };
    const readers = [1, 2, 3].map(() => new FragmentAssembler(limits, load));
    readers[0]?.receive(piece(1n, 0n, "s", some));
    readers[1]?.receive(piece(2n, 0n, "s", some));
    expect(() => readers[2]?.receive(piece(3n, 0n, "s", some))).toThrow(/objects under way/);
    readers[0]?.drop();
    expect(readers[2]?.receive(piece(3n, 0n, "se", some))).toEqual([some]);
  });

  test("after a join the rest of an unseen object is passed over", () => {
    const reader = new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 }, true);
    expect(reader.receive(piece(4n, 7n, "e", some))).toEqual([]);
    expect(reader.receive(piece(5n, 0n, "se", some))).toEqual([some]);
  });

  test.each<[string, readonly Uint8Array[], readonly Uint8Array[], boolean]>([
    ["the next object", [piece(1n, 0n, "se", some)], [piece(2n, 0n, "se", some)], true],
    ["the first object of all", [], [piece(1n, 0n, "se", some)], true],
    ["the next fragment", [piece(1n, 0n, "s", some)], [piece(1n, 1n, "e", some)], true],
    ["a later object", [piece(1n, 0n, "se", some)], [piece(3n, 0n, "se", some)], false],
    ["a later fragment", [piece(1n, 0n, "s", some)], [piece(1n, 2n, "e", some)], false],
    ["the next object without the rest", [piece(1n, 0n, "s", some)], [piece(2n, 0n, "se", some)], false],
    ["the same object again", [piece(1n, 0n, "se", some)], [piece(1n, 0n, "se", some)], false],
  ])("after a lost answer %s is read only if nothing is missing", (_, before, after, isWhole) => {
    const reader = assembler();
    for (const payload of before) reader.receive(payload);
    reader.answerLost();
    const going = (): unknown => after.flatMap((payload) => reader.receive(payload));
    if (isWhole) expect(going()).toHaveLength(1);
    else expect(going).toThrow(PsrpError);
  });

  test("what is written is read back, one or many in a payload, with any ids", () => {
    const fragment = fc.record({
      objectId: anId,
      fragmentId: anId,
      start: fc.boolean(),
      end: fc.boolean(),
      data: fc.uint8Array({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 6 }), (fragments) => {
        expect(readFragments(concatenate(fragments.map(writeFragment)))).toEqual(fragments);
      }),
    );
  });

  test("an object of any id is put together again, whatever the limits of its fragments were", () => {
    const limits = fc.array(fc.integer({ min: fragmentHeader + 1, max: 40_000 }), { minLength: 1 });
    const object = fc.oneof(
      fc.uint8Array({ minLength: 1 }),
      fc.uint8Array({ minLength: 500, maxLength: 600 }),
    );
    fc.assert(
      fc.property(anId, object, limits, (objectId, bytes, sizes) => {
        fc.pre(objectId !== 0n);
        const outbox = new Outbox({ next: () => objectId });
        outbox.put(bytes);
        const read: Uint8Array[] = [];
        const reader = assembler();
        for (let turn = 0; !outbox.empty; turn++) {
          const limit = sizes[turn % sizes.length] ?? 0;
          const taken = outbox.take(limit) ?? new Uint8Array();
          expect(taken.length).toBeLessThanOrEqual(limit);
          expect(readFragments(taken)).toMatchObject([{ objectId, fragmentId: BigInt(turn) }]);
          read.push(...reader.receive(taken));
        }
        expect(read).toEqual([bytes]);
      }),
    );
  });
});
