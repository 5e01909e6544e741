import { expect, test } from "vitest";
import { clockFact, cultureFact } from "./runspaceRungs.ts";
import { judgeStampVersion } from "./stampVersion.ts";

test.each([
  ["1.2008.0.49", "tooOld"],
  ["1.2102.30.97", "hotfixMissing"],
  ["1.2102.30.131", "hotfixMissing"],
  ["1.2102.30.132", "listed"],
  ["1.2102.31.0", "listed"],
  ["1.2108.2.65", "listed"],
  ["1.2206.2.77", "listed"],
  ["1.2301.2.58", "newer"],
  ["1.2601.0.4", "newer"],
  ["2206", "unknown"],
  ["", "unknown"],
])("stamp version %s is %s", (version, verdict) => {
  expect(judgeStampVersion(version)).toBe(verdict);
});

test.each([
  [null, "notTested", /told its time/],
  [0, "passed", /differ by 0 s/],
  [-60_000, "passed", /differ by 60 s/],
  [90_000, "warned", /90 s ahead of/],
  [-3_600_000, "warned", /3600 s behind/],
] as const)("a clock offset of %s ms is %s", (offset, state, words) => {
  const fact = clockFact(offset, "signIn");
  expect(fact.state).toBe(state);
  expect(fact.found).toMatch(words);
});

test.each([
  [null, "passed", /does not say/],
  ["en-US", "passed", /it took it/],
  ["de-DE", "warned", /answers in de-DE/],
  ["en-US and de-DE", "warned", /en-US and de-DE/],
] as const)("the culture %s is %s", (culture, state, words) => {
  const fact = cultureFact(culture);
  expect(fact.state).toBe(state);
  expect(fact.found).toMatch(words);
});
