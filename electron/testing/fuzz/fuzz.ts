import { Seeded } from "../seeded.ts";
import { mutated } from "./mutate.ts";

type ErrorClass = abstract new (...parameters: never[]) => Error;

/** A parser with what it reads when nothing is wrong, and the errors that it declares. */
export type FuzzTarget = {
  readonly name: string;
  readonly samples: readonly Uint8Array[];
  /** Reads the bytes; `chance` is for what the reading needs beside them, such as where to cut. */
  readonly read: (bytes: Uint8Array, chance: Seeded) => unknown;
  /** Classes that `read` may throw; none for a reader that never throws. */
  readonly declared: readonly ErrorClass[];
};

export type FuzzReport = {
  readonly name: string;
  readonly cases: number;
  /** How many were read without an error: a fuzzer whose cases all fail at the first byte tries nothing. */
  readonly read: number;
  /** Cases that threw what is not declared, at most ten: their number tells them to `fuzzCase`. */
  readonly undeclared: readonly { readonly number: number; readonly error: unknown }[];
  /** Cases that took longer than `hangAfter` in each of three tries. */
  readonly hangs: readonly number[];
  readonly slowestMilliseconds: number;
};

export type FuzzOptions = {
  readonly runs: number;
  readonly seed: number;
  /** Milliseconds; left out, nothing is timed. */
  readonly hangAfter?: number;
};

const mostKept = 10;

/** Reads that many mutations of the samples. Each case depends on seed and number alone, so that it can be repeated. */
export function fuzz(target: FuzzTarget, options: FuzzOptions): FuzzReport {
  const traces = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run(target, options);
  } finally {
    Error.stackTraceLimit = traces;
  }
}

/** The bytes of one case, to look at it. */
export function fuzzCase(target: FuzzTarget, seed: number, number: number): Uint8Array {
  return caseBytes(target, chanceOf(new Seeded(0), seed, number));
}

function run(target: FuzzTarget, { runs, seed, hangAfter }: FuzzOptions): FuzzReport {
  const chance = new Seeded(seed);
  const undeclared: { readonly number: number; readonly error: unknown }[] = [];
  const hangs: number[] = [];
  let read = 0;
  let slowest = 0;
  for (let number = 0; number < runs; number++) {
    const begun = hangAfter === undefined ? 0 : performance.now();
    const outcome = one(target, chanceOf(chance, seed, number));
    if (outcome === null) read++;
    else if (!target.declared.some((type) => outcome.thrown instanceof type) && undeclared.length < mostKept)
      undeclared.push({ number, error: outcome.thrown });
    if (hangAfter === undefined) continue;
    const took = performance.now() - begun;
    slowest = Math.max(slowest, took);
    if (took > hangAfter && isSlow(target, seed, number, hangAfter)) hangs.push(number);
  }
  return { name: target.name, cases: runs, read, undeclared, hangs, slowestMilliseconds: slowest };
}

/** Null when it was read. */
function one(target: FuzzTarget, chance: Seeded): { readonly thrown: unknown } | null {
  try {
    target.read(caseBytes(target, chance), chance);
    return null;
  } catch (thrown) {
    return { thrown };
  }
}

function caseBytes(target: FuzzTarget, chance: Seeded): Uint8Array {
  return mutated(target.samples[chance.below(target.samples.length)] ?? new Uint8Array(), chance);
}

function chanceOf(chance: Seeded, seed: number, number: number): Seeded {
  chance.restart(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b));
  return chance;
}

/** The machine may have done something else in between; a case that hangs does so every time. */
function isSlow(target: FuzzTarget, seed: number, number: number, hangAfter: number): boolean {
  const chance = new Seeded(0);
  return [1, 2].every(() => {
    const begun = performance.now();
    one(target, chanceOf(chance, seed, number));
    return performance.now() - begun > hangAfter;
  });
}
