import fc from "fast-check";
import { expect, test } from "vitest";
import { leftWords } from "./Countdown.tsx";
import { csv } from "./csv.ts";
import { markedPieces } from "./markedPieces.ts";
import { markPlaces } from "./markPlaces.ts";
import { rowWindow, scrollTopOf } from "./rowWindow.ts";
import { durationWords, relativeWords, utcWords, withTimeWords } from "./timeWords.ts";
import { visibleText } from "./visibleText.ts";

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [90_000, "1 min 30 s"],
  [600_000, "10 min"],
  [8 * 3_600_000, "8 h"],
  [8_040_000, "2 h 14 min"],
  [14 * 86_400_000, "14 d"],
  [-5, "0 s"],
])("%i ms is %s", (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test("a countdown that has ended says so", () => {
  expect(leftWords(0)).toBe("time is over");
  expect(leftWords(60_000)).toBe("1 min left");
});

test("times are relative for people and exact with their zone", () => {
  const now = Date.parse("2026-11-21T03:12:44Z");
  expect(relativeWords(now - 180_000, now)).toBe("3 min ago");
  expect(relativeWords(now + 12 * 86_400_000, now)).toBe("in 12 d");
  expect(utcWords(now)).toBe("2026-11-21 03:12:44 UTC");
});

test("instants in a sentence are written like all others", () => {
  expect(withTimeWords("ERCS01 shows a grant until 2026-11-26T12:22:35.504Z.")).toBe(
    "ERCS01 shows a grant until 2026-11-26 12:22:35 UTC.",
  );
  expect(withTimeWords("Start time: 20261113034425")).toBe("Start time: 20261113034425");
});

test("no control or bidi character of foreign text reaches the page", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(visibleText(text).replaceAll("\t", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
  expect(visibleText("a\u202eb\u0007")).toBe("a[U+202E]b\u2407");
});

test("marking what was found never changes the line", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.boolean(), (line, text, matchCase) => {
      const pieces = markedPieces(line, { text, matchCase });
      expect(pieces.map((piece) => piece.text).join("")).toBe(line);
    }),
  );
});

test("what is on the screen is always drawn, however long the list", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const height = rowWindow(rows, 20, 0, 600).height;
        const scrollTop = share * Math.max(0, height - 600);
        const drawn = rowWindow(rows, 20, scrollTop, 600);
        expect(drawn.to - drawn.from).toBeLessThan(80);
        expect(drawn.top).toBeLessThanOrEqual(scrollTop + 0.01);
        const bottom = drawn.top + (drawn.to - drawn.from) * 20;
        expect(bottom).toBeGreaterThanOrEqual(Math.min(scrollTop + 600, height) - 0.01);
      },
    ),
  );
});

test("a line gone to is among those drawn", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const row = Math.floor(share * (rows - 1));
        const { from, to } = rowWindow(rows, 20, scrollTopOf(row, rows, 20, 600), 600);
        expect(row).toBeGreaterThanOrEqual(from);
        expect(row).toBeLessThan(to);
      },
    ),
  );
});

test("a cell that a spreadsheet would run is written as text", () => {
  expect(csv(["a"], [["=1+1"], ['b "c", d']])).toBe('\ufeffa\r\n\'=1+1\r\n"b ""c"", d"\r\n');
});

test("marks on a scroll bar stand where their lines are, and ten thousand are no more than can be seen", () => {
  expect(markPlaces([1, 51, 100], 100)).toEqual([0, 50, 99]);
  expect(markPlaces([], 0)).toEqual([]);
  const many = Array.from({ length: 10_000 }, (_none, place) => place + 1);
  expect(markPlaces(many, 10_000).length).toBeLessThanOrEqual(400);
});
