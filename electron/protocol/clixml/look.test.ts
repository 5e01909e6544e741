import { describe, expect, test } from "vitest";
import {
  arrayList,
  customObject,
  dateTime,
  dateTimeOffset,
  enumValue,
  guid,
  hashtable,
  list,
  psObject,
  scalar,
} from "./build.ts";
import {
  bigIntegerOf,
  booleanOf,
  entry,
  instantOf,
  integerOf,
  itemsOf,
  properties,
  property,
  textOf,
} from "./look.ts";
import type { ClixmlValue } from "./value.ts";

test("properties are found without case, extended before adapted, outer before wrapped", () => {
  const inner = psObject({ adapted: { Deep: 1, Name: "inner" } });
  const value = psObject({
    base: inner,
    adapted: { Name: "adapted", Other: "o" },
    extended: { NAME: "extended" },
  });
  expect(["name", "OTHER", "deep", "none"].map((name) => property(value, name))).toEqual([
    "extended",
    "o",
    1,
    undefined,
  ]);
  expect([...properties(value)]).toEqual([
    ["NAME", "extended"],
    ["Other", "o"],
    ["Deep", 1],
  ]);
  expect(property("text", "length")).toBeUndefined();
});

test.each<[ClixmlValue, string | null]>([
  [null, null],
  ["a", "a"],
  [true, "True"],
  [5, "5"],
  [5n, "5"],
  [scalar("C", "97"), "a"],
  [guid("792e5b37-4505-47ef-b7d2-8711bb7affa8"), "792e5b37-4505-47ef-b7d2-8711bb7affa8"],
  [enumValue("T", "Active", 1), "Active"],
  [psObject({ base: 7, extended: { a: 1 } }), "7"],
  [customObject({ a: 1 }), null],
  [list(["a"]), null],
])("the text of %o is %o", (value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each<[ClixmlValue, number | null]>([
  [5, 5],
  [5n, 5],
  [scalar("By", "5"), 5],
  ["5", 5],
  [" -5 ", -5],
  [enumValue("T", "Active", 1), 1],
  [1n << 60n, null],
  ["5.5", null],
  [scalar("Db", "5.5"), null],
  [true, null],
  [null, null],
])("the integer of %o is %o", (value, integer) => {
  expect(integerOf(value)).toBe(integer);
});

test("large integers keep all their digits", () => {
  expect(bigIntegerOf(scalar("U64", "18446744073709551615"))).toBe(18_446_744_073_709_551_615n);
});

test("truth comes as Boolean, as switch and as text", () => {
  const values = [
    true,
    "False",
    psObject({ adapted: { IsPresent: true } }),
    psObject({ base: false }),
    "yes",
    null,
    1,
  ];
  expect(values.map((value) => booleanOf(value))).toEqual([true, false, true, false, null, null, null]);
});

test("a list gives its items, a single value itself, nothing and dictionaries nothing", () => {
  expect(itemsOf(arrayList([1, null]))).toEqual([1, null]);
  expect(itemsOf("a")).toEqual(["a"]);
  expect([...itemsOf(null), ...itemsOf(undefined), ...itemsOf(hashtable({ a: 1 }))]).toEqual([]);
  expect(entry(hashtable({ Key: 1 }), "KEY")).toBe(1);
});

describe("points in time", () => {
  const instant = new Date("2021-08-26T14:35:37.000Z");

  test.each<[string, ClixmlValue]>([
    ["DateTimeOffset object", dateTimeOffset(instant)],
    ["DateTime", dateTime(instant)],
    ["DateTime with an offset", scalar("DT", "2021-08-26T07:35:37.0000000-07:00")],
    [
      "DateTime with a display hint",
      psObject({ base: dateTime(instant), display: "Thursday, August 26", extended: { DisplayHint: 2 } }),
    ],
    ["text of culture en-US", "8/26/2021 2:35:37 PM +00:00"],
    ["the same with narrow blanks", "8/26/2021 2:35:37\u202FPM +00:00"],
    ["the same elsewhere", "8/26/2021 7:35:37 AM -07:00"],
    ["invariant text", "08/26/2021 14:35:37 +00:00"],
    ["text without an offset", "8/26/2021 2:35:37 PM"],
    ["XML text", "2021-08-26T14:35:37Z"],
    ["an object of which only the text is left", psObject({ display: "8/26/2021 2:35:37 PM +00:00" })],
    [
      "an object with the local time and offset",
      psObject({
        display: "26.08.2021 07:35:37 -07:00",
        adapted: { DateTime: scalar("DT", "2021-08-26T07:35:37"), Offset: scalar("TS", "-PT7H") },
      }),
    ],
    ["an object with UtcDateTime", psObject({ adapted: { UtcDateTime: dateTime(instant) } })],
  ])("%s", (_, value) => {
    expect(instantOf(value)).toEqual(instant);
  });

  test("midnight and noon of the twelve-hour clock, and the end of a year", () => {
    expect(instantOf("12/31/2025 12:00:01 AM +00:00")).toEqual(new Date("2025-12-31T00:00:01Z"));
    expect(instantOf("12/31/2025 12:00:01 PM +00:00")).toEqual(new Date("2025-12-31T12:00:01Z"));
    expect(instantOf("11/13/2026 05:03:12 +00:00")).toEqual(new Date("2026-11-13T05:03:12Z"));
  });

  test.each<ClixmlValue>([
    scalar("DT", "0001-01-01T00:00:00"),
    scalar("DT", "0001-01-01T00:00:00+01:00"),
    "1/1/0001 12:00:00 AM +00:00",
    dateTimeOffset(new Date("0001-01-01T00:00:00Z")),
  ])("the year 1 is never: %o", (value) => {
    expect(instantOf(value)).toBe("never");
  });

  test.each<ClixmlValue>([
    null,
    "",
    "soon",
    "13/1/2021 1:00:00 AM",
    "2/30/2021 1:00:00 AM",
    "1/1/2021 13:00:00 PM",
    5,
    customObject({}),
    psObject({ adapted: { UtcTicks: 1n << 62n } }),
  ])("%o is no time", (value) => {
    expect(instantOf(value)).toBeNull();
  });
});

test("what is built for a DateTimeOffset is what .NET writes for it", () => {
  const built = dateTimeOffset(new Date("2018-06-13T23:45:29.458Z"));
  expect(textOf(built)).toBe("6/13/2018 11:45:29 PM +00:00");
  expect(property(built, "UtcTicks")).toBe(636_645_303_294_580_000n);
  expect([property(built, "DayOfYear"), textOf(property(built, "DayOfWeek"))]).toEqual([164, "Wednesday"]);
  expect(textOf(property(built, "Date"))).toBe("2018-06-13T00:00:00");
});
