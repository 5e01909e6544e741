import { expect, test } from "vitest";
import { type BenchResult, missed } from "./result.ts";

const row = (number: number | null, must: BenchResult["must"]): BenchResult => ({
  name: "memory",
  what: "a row",
  measured: "something",
  number,
  must,
  aim: null,
  unit: "",
});

test.each<readonly [number, BenchResult["must"]]>([
  [64, { most: 64 }],
  [0.75, { least: 0.75 }],
  [5, null],
])("%d is no miss where %o is the bound", (number, must) => {
  expect(missed([row(number, must)])).toEqual([]);
});

test.each<readonly [number | null, BenchResult["must"]]>([
  [64.1, { most: 64 }],
  [0.74, { least: 0.75 }],
  [Number.NaN, { most: 64 }],
  [null, { most: 64 }],
  [null, null],
])("%o is a miss where %o is the bound, and is named among those that hold", (number, must) => {
  const wrong = row(number, must);
  expect(missed([row(1, { most: 2 }), wrong, row(1, null)])).toEqual([wrong]);
});
