import { expect, test } from "vitest";
import { parseMinutes } from "./parseMinutes.ts";

test.each([
  ["60", 60],
  ["480", 480],
  ["20160", 20_160],
])("%s is taken as typed", (typed, minutes) => {
  expect(parseMinutes(typed)).toEqual({ kind: "minutes", minutes });
});

test.each([
  ["", "Type how many"],
  [" 480 ", "Remove the spaces"],
  ["4 80", "Remove the spaces"],
  ["59", "too few"],
  ["0", "too few"],
  ["-1", "negative"],
  ["20161", "too long"],
  ["99999999999999999999", "too long"],
  ["1e9", "digits 0 to 9"],
  ["60.5", "whole minutes"],
  ["60,5", "whole minutes"],
  ["٤٨٠", "digits 0 to 9"],
  ["４８０", "digits 0 to 9"],
  ["+480", "digits 0 to 9"],
  ["0480", "leading zeros"],
  ["eight", "digits 0 to 9"],
])("%j is refused in words", (typed, words) => {
  const parsed = parseMinutes(typed);
  expect(parsed).toMatchObject({ kind: "refused", sentence: expect.stringContaining(words) });
});
