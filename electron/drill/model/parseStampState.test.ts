import fc from "fast-check";
import { expect, test } from "vitest";
import { stampWithHistory } from "./history.ts";
import { parseStampState, StampStateError, writeStampState } from "./parseStampState.ts";

const now = Date.UTC(2026, 10, 22);

test("what was written is read back equal", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const state = stampWithHistory(seed, now);
      expect(parseStampState(writeStampState(state))).toEqual(state);
    }),
    { numRuns: 20 },
  );
});

test("any other text is refused by name", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(() => parseStampState(text)).toThrow(StampStateError);
    }),
  );
});

test.each([
  ["an unknown field", { surprise: 1 }, 'state has an unknown field "surprise"'],
  ["another format", { format: 2 }, "state.format is not 1"],
  ["a fraction of a millisecond", { asOf: 1.5 }, "state.asOf is no whole number"],
  ["no list of grants", { grants: {} }, "state.grants is no list"],
  ["a grant that is none", { grants: [{}] }, "state.grants[0].id is missing"],
])("%s is refused, and the place is named", (_, change, message) => {
  const damaged = JSON.stringify({ ...stampWithHistory(1, now), ...change });
  expect(() => parseStampState(damaged)).toThrow(message);
});

test("a file cut at any place is refused", () => {
  const text = writeStampState(stampWithHistory(1, now)).trimEnd();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
      expect(() => parseStampState(text.slice(0, length))).toThrow(StampStateError);
    }),
  );
});
