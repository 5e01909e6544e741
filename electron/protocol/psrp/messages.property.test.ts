import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aClixmlValue, anyText } from "../../testing/clixmlValues.ts";
import { list } from "../clixml/build.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { writeClixml } from "../clixml/write.ts";
import { contentOf, messageHeader, readMessage, receiveMessage, writeMessage } from "./messages.ts";
import type { MessageHead } from "./messages.ts";

const unsigned = fc.integer({ min: 0, max: 0xffff_ffff });
const id = fc.uint8Array({ minLength: 16, maxLength: 16 });
const head = fc.record({ destination: unsigned, type: unsigned, poolId: id, pipelineId: id });
/** Well-formed, and with no mark of its own: an element begins with `<`. */
const aText = anyText.map((text) => text.toWellFormed().replace(/^\uFEFF+/, ""));

/** Whatever is more than one byte, or more than one escape, or might be the beginning of one. */
const awkward = fc.string({
  unit: fc.constantFrom("😀", "\ud83d", "\udc00", "ß", "€", "_", "x0041_", "\r\n", "<", "&"),
});
const aValue = fc.tuple(aClixmlValue(), awkward).map((parts) => list(parts));
/** A reader of XML gives such a text in pieces of 65,536 units: the escapes lie about the edge of the first one. */
const aLongText = fc
  .tuple(fc.nat(80), awkward, awkward)
  .map(([before, ...texts]) => "~".repeat(65_536 - before) + texts.join(""));

describe("messages", () => {
  test("what is written is read back, with a byte order mark and without", () => {
    fc.assert(
      fc.property(head, aText, fc.boolean(), (ids, text, mark) => {
        expect(readMessage(writeMessage({ ...ids, text }, { mark }))).toEqual({ ...ids, text });
      }),
    );
  });

  test("any value is read back from the message that carries it", () => {
    fc.assert(
      fc.property(head, aClixmlValue(), fc.boolean(), (ids, value, mark) => {
        const bytes = writeMessage({ ...ids, text: writeClixml(value) }, { mark });
        expect(contentOf(readMessage(bytes))).toEqual(value);
      }),
    );
  });

  test("a short one says the same in whatever pieces it comes", () => {
    fc.assert(
      fc.property(head, aValue, fc.boolean(), cuts(), (ids, value, mark, places) => {
        const bytes = writeMessage({ ...ids, text: withRawPairs(writeClixml(value)) }, { mark });
        expect(heard(cutAt(bytes, places))).toEqual({ ...ids, content: value });
      }),
    );
  });

  test("a long one, which is read piece by piece, says the same wherever it is cut", () => {
    fc.assert(
      fc.property(head, aValue, aLongText, fc.boolean(), cuts(), (ids, value, text, mark, places) => {
        const whole = list([value, text, filling, value]);
        const bytes = writeMessage({ ...ids, text: withRawPairs(writeClixml(whole)) }, { mark });
        expect(heard(cutAt(bytes, places, messageHeader))).toEqual({ ...ids, content: whole });
      }),
      { numRuns: 50 },
    );
  });

  test("a long one says the same in single bytes", () => {
    fc.assert(
      fc.property(aValue, fc.boolean(), (value, mark) => {
        const whole = list([value, filling]);
        const text = withRawPairs(writeClixml(whole));
        const bytes = writeMessage({ ...noHead, text }, { mark });
        const end = bytes.indexOf(FILLING, messageHeader);
        const single = Array.from({ length: end - messageHeader }, (_, at) => messageHeader + at);
        expect(heard(cutAt(bytes, single, messageHeader)).content).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });
});

const FILLING = "~".charCodeAt(0);
/** Makes a message so long that it is not put together. */
const filling = "~".repeat(1024 * 1024);
const noHead = { destination: 1, type: 1, poolId: new Uint8Array(16), pipelineId: new Uint8Array(16) };

/**
 * Characters of four bytes instead of two escapes, as others may write them. Not after an escaped underscore, where the
 * first of the two is none.
 */
function withRawPairs(text: string): string {
  return text.replaceAll(/(?<!_x005F)_x(D[89AB]..)__x(D[C-F]..)_/g, (_, high: string, low: string) =>
    String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)),
  );
}

/** Places anywhere, many of them close to the beginning or, where they are negative, to the end. */
function cuts(): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.oneof(fc.integer({ min: -400, max: 400 }), fc.nat()), { maxLength: 40 });
}

/** The pieces between those places, of which none lies before `least`. */
function cutAt(bytes: Uint8Array, places: readonly number[], least = 0): Uint8Array[] {
  const room = bytes.length - least + 1;
  const inside = places.map((place) => least + (((place % room) + room) % room));
  const ends = [...inside.toSorted((one, other) => one - other), bytes.length];
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

function heard(pieces: Uint8Array[]): MessageHead & { readonly content: ClixmlValue } {
  const { destination, type, poolId, pipelineId, content } = receiveMessage(pieces);
  return { destination, type, poolId, pipelineId, content: content() };
}
