import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enUsText } from "../../protocol/clixml/build.ts";
import { dateOfText } from "./dateOfText.ts";

describe("a date as people type it", () => {
  test.each([
    ["2026-11-20", "2026-11-20T00:00:00.000Z"],
    ["2026/11/20", "2026-11-20T00:00:00.000Z"],
    ["2026-11-20 14:05", "2026-11-20T14:05:00.000Z"],
    ["2026-11-20T14:05:06.789Z", "2026-11-20T14:05:06.789Z"],
    ["2026-11-20T14:05:06+02:00", "2026-11-20T12:05:06.000Z"],
    ["11/20/2026", "2026-11-20T00:00:00.000Z"],
    ["11/20/26", "2026-11-20T00:00:00.000Z"],
    ["11/20/2026 2:05:06 PM", "2026-11-20T14:05:06.000Z"],
    ["11/20/2026 12:00:00 AM", "2026-11-20T00:00:00.000Z"],
    ["Nov 20, 2026", "2026-11-20T00:00:00.000Z"],
    ["20 November 2026 14:05", "2026-11-20T14:05:00.000Z"],
    ["Friday, November 20, 2026 2:05:06 PM", "2026-11-20T14:05:06.000Z"],
    ["Fri, 20 Nov 2026 14:05:06 GMT", "2026-11-20T14:05:06.000Z"],
  ])("%s", (text, expected) => {
    expect(dateOfText(text)?.toISOString()).toBe(expected);
  });

  test.each(["", "soon", "2026-13-01", "2026-02-30", "11/20/2026 25:00", "13:00", "11/20/2026 13:00 PM"])(
    "and not %s",
    (text) => {
      expect(dateOfText(text)).toBeNull();
    },
  );

  test("every second that .NET prints in culture en-US is read back", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true }), (date) => {
        date.setUTCMilliseconds(0);
        expect(dateOfText(enUsText(date))).toEqual(date);
        expect(dateOfText(date.toISOString())).toEqual(date);
      }),
    );
  });

  test("many blanks before what is no date are read once", () => {
    const blanks = " ".repeat(1_000_000);
    for (const text of [
      "2026-11-20 1:00",
      "11/20/2026 1:00",
      "Nov 20, 2026 1:00",
      "20 Nov 2026 1:00",
      "2026-11-20",
    ])
      for (const half of ["", "P", "PM"]) {
        expect(dateOfText(`${text}${blanks}${half}${blanks}x`)).toBeNull();
      }
    expect(dateOfText(`2026-11-20 1:00${blanks}PM${blanks}Z`)?.toISOString()).toBe(
      "2026-11-20T13:00:00.000Z",
    );
    expect(dateOfText(`2026-11-20 1:00${blanks}+01:00`)?.toISOString()).toBe("2026-11-20T00:00:00.000Z");
  });
});
