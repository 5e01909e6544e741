import fc from "fast-check";
import { expect, test } from "vitest";
import { durationTicks, isDuration } from "./duration.ts";

test("a text is a TimeSpan exactly where its ticks can be reckoned", () => {
  const unit = (letter: string) =>
    fc
      .option(fc.stringMatching(/^\d{0,12}(\.\d{0,8})?$/), { nil: null })
      .map((digits) => (digits === null ? "" : digits + letter));
  const parts = fc.tuple(
    fc.constantFrom("", "-"),
    unit("D"),
    fc.constantFrom("", "T"),
    unit("H"),
    unit("M"),
    unit("S"),
  );
  fc.assert(
    fc.property(parts, ([sign, days, time, ...units]) => {
      const text = `${sign}P${days}${time}${units.join("")}`;
      expect(isDuration(text)).toBe(durationTicks(text) !== null);
    }),
    { numRuns: 2_000 },
  );
});

test("the largest short duration fits", () => {
  expect(durationTicks("P9999999DT9999999H9999999M9999999.9999999S")).not.toBeNull();
});
