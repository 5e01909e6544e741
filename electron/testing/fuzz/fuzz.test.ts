import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

const runs = 200_000;

// Long for unit tests: the number of mutations is the point. The nightly script does fifty times as many.
test.each(fuzzTargets().map((target) => ({ name: target.name, target })))(
  "$name: what a hostile peer sends is read or refused by an error of its layer",
  ({ target }) => {
    const report = fuzz(target, { runs, seed: 20_260_801 });
    expect(report.undeclared).toEqual([]);
    expect(report.read).toBeGreaterThan(0);
  },
  120_000,
);

test("an undeclared error is found, with the number of its case", () => {
  const target = {
    name: "bad",
    samples: [new Uint8Array([1, 2, 3])],
    read: (bytes: Uint8Array) => {
      if (bytes.length > 30) throw new TypeError("too long for me");
      return true;
    },
    declared: [RangeError],
  };
  const report = fuzz(target, { runs: 2_000, seed: 1 });
  expect(report.undeclared[0]?.error).toBeInstanceOf(TypeError);
});
