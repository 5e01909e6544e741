import fc from "fast-check";
import { expect, test } from "vitest";
import { isoOfDateTime } from "./dateTimeText.ts";
import { instantOfText } from "./instantText.ts";

test("a time in UTC is said as a Date would say it", () => {
  const dates = fc.date({ min: new Date("0002-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  const digits = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(dates, digits, fc.constantFrom("Z", "+00:00"), (date, count, zone) => {
      const fraction = `${date.toISOString().slice(20, 23)}4567`.slice(0, count);
      const text = `${date.toISOString().slice(0, 19)}${count === 0 ? "" : `.${fraction}`}${zone}`;
      expect(isoOfDateTime(text)).toBe(instantOfText(text)?.toISOString());
    }),
  );
});

test.each([
  "0001-01-01T00:00:00Z",
  "2018-06-13T23:45:29",
  "2018-06-13T23:45:29+01:00",
  "2018-02-30T23:45:29Z",
  "2018-06-13T23:45:29.Z",
  "2018-06-13 23:45:29Z",
  "Z",
  "",
])("%j must be reckoned, or is no time", (text) => {
  expect(isoOfDateTime(text)).toBeNull();
});
