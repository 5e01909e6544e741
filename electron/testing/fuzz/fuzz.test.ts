import { expect, test } from "vitest";
import { fuzz, fuzzCase, type FuzzTarget } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

const runs = 200_000;
/** Milliseconds of the processor for a case that is repeated alone: a busy machine makes nothing a hang. */
const hangAfter = 50;

// Long for unit tests: the number of mutations is the point. The nightly script does fifty times as many.
test.each(fuzzTargets().map((target) => ({ name: target.name, target })))(
  "$name: what a hostile peer sends is read or refused by an error of its layer, and none hangs",
  ({ target }) => {
    const report = fuzz(target, { runs, seed: 20_260_801, hangAfter });
    expect(report.undeclared).toEqual([]);
    expect(report.hangs).toEqual([]);
    expect(report.read).toBeGreaterThan(0);
  },
  120_000,
);

const tooLong = (bytes: Uint8Array): boolean => bytes.length > 30;

/** A reader that goes wrong over what is too long, and over nothing else. */
const bad = (goWrong: () => void): FuzzTarget => ({
  name: "bad",
  samples: [new Uint8Array([1, 2, 3])],
  read: (bytes) => {
    if (tooLong(bytes)) goWrong();
    return true;
  },
  declared: [RangeError],
});

test("an undeclared error is found, with the number of its case", () => {
  const target = bad(() => {
    throw new TypeError("too long for me");
  });
  const [found] = fuzz(target, { runs: 2_000, seed: 1, hangAfter }).undeclared;
  expect(found?.error).toBeInstanceOf(TypeError);
  expect(tooLong(fuzzCase(target, 1, found?.number ?? -1))).toBe(true);
});

test("a case that takes the processor too long is found, with its number, and one that only waits is not", () => {
  const burn = bad(() => {
    const begun = process.threadCpuUsage();
    for (let used = 0; used < 2 * hangAfter * 1_000; ) {
      const { user, system } = process.threadCpuUsage(begun);
      used = user + system;
    }
  });
  const { hangs } = fuzz(burn, { runs: 15, seed: 1, hangAfter });
  expect(hangs.length).toBeGreaterThan(0);
  expect(hangs.every((number) => tooLong(fuzzCase(burn, 1, number)))).toBe(true);
  const wait = bad(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * hangAfter));
  const waited = fuzz(wait, { runs: 15, seed: 1, hangAfter });
  expect(waited.slowest.milliseconds).toBeGreaterThan(hangAfter);
  expect(waited.hangs).toEqual([]);
});
