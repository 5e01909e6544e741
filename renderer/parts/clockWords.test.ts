import { expect, test } from "vitest";
import { clockWords } from "./clockWords.ts";

test("clocks within a minute of each other, or not measured, are not remarked on", () => {
  const known = [0, 60_000, -60_000, null];
  for (const consoleAheadMs of known)
    for (const deviceAheadMs of known)
      expect(clockWords({ targetName: "T", consoleAheadMs, deviceAheadMs })).toEqual([]);
});

test("a clock that is further off is named, with how far and which way", () => {
  expect(clockWords({ targetName: "Contoso", consoleAheadMs: 300_000, deviceAheadMs: 7_200_000 })).toEqual([
    "This page's clock is 5 min behind the console's; ages and times left are by the console's.",
    "The clock of Contoso is 2 h ahead of the console's; times that it printed are by its own.",
  ]);
});
