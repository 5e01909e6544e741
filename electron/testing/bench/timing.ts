/**
 * What several measures say that are compared with each other: the median of some runs for each, after one that does not
 * count. They take turns, so that whatever else the machine does meets all of them alike.
 */
export function mediansInTurns(runs: number, measures: readonly (() => number)[]): readonly number[] {
  for (const measure of measures) measure();
  const said = measures.map((): number[] => []);
  for (let run = 0; run < runs; run++) measures.forEach((measure, index) => said[index]?.push(measure()));
  return said.map(median);
}

/**
 * CPU milliseconds that the act takes on this thread, so that what else runs on the machine does not count. Garbage is
 * collected on the same thread (--single-threaded-gc), so its cost is in it.
 */
export function timed(act: () => void): number {
  globalThis.gc?.();
  const begun = cpuMilliseconds();
  act();
  return cpuMilliseconds() - begun;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which that share of the values lies (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
