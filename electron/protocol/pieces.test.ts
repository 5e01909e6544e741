import fc from "fast-check";
import { expect, test } from "vitest";
import { retainedBytes } from "../testing/retainedBytes.ts";
import { Pieces } from "./pieces.ts";

const added = (all: readonly Uint8Array[]): Pieces => {
  const pieces = new Pieces();
  for (const piece of all) pieces.add(piece);
  return pieces;
};

test("what is added is taken, in its order and whatever its cut; then nothing is left", () => {
  const small = fc.uint8Array({ maxLength: 30 });
  const large = fc
    .integer({ min: 1000, max: 9000 })
    .map((size) => Uint8Array.from({ length: size }, (_, at) => at));
  fc.assert(
    fc.property(fc.array(fc.oneof(small, large), { maxLength: 60 }), (all) => {
      const pieces = added(all);
      expect(Buffer.from(pieces.takeWhole())).toEqual(Buffer.concat(all));
      expect(pieces.take()).toEqual([]);
    }),
  );
});

test("a large piece is not copied, and no more is one that stays alone", () => {
  const large = new Uint8Array(32_747);
  const small = Uint8Array.of(1);
  expect(added([small, large, small]).take()[1]).toBe(large);
  expect(added([small]).takeWhole()).toBe(small);
});

test("a million pieces of one byte take two million bytes at most", () => {
  const byte = Uint8Array.of(7);
  const gathered = () => added(Array.from({ length: 1_000_000 }, () => byte));
  expect(retainedBytes(gathered)).toBeLessThan(2_000_000);
});
