import { Seeded } from "../seeded.ts";
import { mutated } from "./mutate.ts";

type ErrorClass = abstract new (...parameters: never[]) => Error;

/** A parser with what it reads when nothing is wrong, and the errors that it declares. */
export type FuzzTarget = {
  readonly name: string;
  readonly samples: readonly Uint8Array[];
  /**
   * Reads the bytes; `chance` is for what the reading needs beside them, such as where to cut. False where they were
   * refused without an error.
   */
  readonly read: (bytes: Uint8Array, chance: Seeded) => boolean;
  /** Classes that `read` may throw; none for a reader that never throws. */
  readonly declared: readonly ErrorClass[];
};

export type FuzzReport = {
  readonly name: string;
  readonly cases: number;
  /** How many were read to their end: a fuzzer whose cases all fail at the first byte tries nothing. */
  readonly read: number;
  /** Cases that threw what is not declared, at most ten: their number tells them to `fuzzCase`. */
  readonly undeclared: readonly { readonly number: number; readonly error: unknown }[];
  /** Cases that took more than `hangAfter` of the processor, repeated alone. */
  readonly hangs: readonly number[];
  /** The slowest case, repeated alone, by the wall clock; 0 milliseconds when nothing was timed. */
  readonly slowest: { readonly number: number; readonly milliseconds: number };
};

export type FuzzOptions = {
  readonly runs: number;
  readonly seed: number;
  /** The number of the first case. */
  readonly from?: number;
  /** Milliseconds; left out, nothing is timed. */
  readonly hangAfter?: number;
};

const mostKept = 10;
/** A suspect is repeated so often, and its quickest time counts: the others held what the machine did in between. */
const repeats = 10;

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

function run(target: FuzzTarget, { runs, seed, from = 0, hangAfter }: FuzzOptions): FuzzReport {
  const chance = new Seeded(seed);
  const undeclared: { readonly number: number; readonly error: unknown }[] = [];
  const hangs: number[] = [];
  let read = 0;
  let slowest = { number: from, milliseconds: 0 };
  for (let number = from; number < from + runs; number++) {
    const begun = hangAfter === undefined ? 0 : performance.now();
    const outcome = one(target, chanceOf(chance, seed, number));
    if (outcome === true) read++;
    else if (outcome !== false && !isDeclared(target, outcome.thrown) && undeclared.length < mostKept)
      undeclared.push({ number, error: outcome.thrown });
    if (hangAfter === undefined || performance.now() - begun <= Math.min(slowest.milliseconds, hangAfter))
      continue;
    const { wall, processor } = timeAlone(target, seed, number);
    if (wall > slowest.milliseconds) slowest = { number, milliseconds: wall };
    if (processor > hangAfter) hangs.push(number);
  }
  return { name: target.name, cases: runs, read, undeclared, hangs, slowest };
}

const isDeclared = ({ declared }: FuzzTarget, thrown: unknown): boolean =>
  declared.some((type) => thrown instanceof type);

/** Whether it was read; what it threw. */
function one(target: FuzzTarget, chance: Seeded): boolean | { readonly thrown: unknown } {
  try {
    return target.read(caseBytes(target, chance), chance);
  } catch (thrown) {
    return { thrown };
  }
}

function caseBytes({ samples }: FuzzTarget, chance: Seeded): Uint8Array {
  const sample = (): Uint8Array => samples[chance.below(samples.length)] ?? new Uint8Array();
  return mutated(sample(), sample(), chance);
}

function chanceOf(chance: Seeded, seed: number, number: number): Seeded {
  chance.restart(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b));
  return chance;
}

/**
 * Milliseconds for one case. The machine may have other work, so the thread's processor time tells whether it hangs; it
 * is counted in ticks of some milliseconds, so the wall clock tells which is the slowest.
 */
function timeAlone(
  target: FuzzTarget,
  seed: number,
  number: number,
): { readonly wall: number; readonly processor: number } {
  const chance = new Seeded(0);
  let [wall, processor] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const [begun, used] = [performance.now(), process.threadCpuUsage()];
    one(target, chanceOf(chance, seed, number));
    const { user, system } = process.threadCpuUsage(used);
    wall = Math.min(wall, performance.now() - begun);
    processor = Math.min(processor, (user + system) / 1_000);
  }
  return { wall, processor };
}
