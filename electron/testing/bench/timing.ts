/** CPU milliseconds that the act takes: the median of some runs, after one that does not count. */
export function medianTime(runs: number, act: () => void): number {
  act();
  return median(Array.from({ length: runs }, () => timed(act)));
}

/**
 * Medians of several acts that are compared with each other: they take turns, so that whatever else the machine does
 * meets all of them alike.
 */
export function medianTimes(runs: number, acts: readonly (() => void)[]): readonly number[] {
  for (const act of acts) act();
  const times = acts.map((): number[] => []);
  for (let run = 0; run < runs; run++) acts.forEach((act, index) => times[index]?.push(timed(act)));
  return times.map(median);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which that share of the values lies (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * CPU time of this thread, so that what else runs on the machine does not count. Garbage is collected on the same thread
 * (--single-threaded-gc), so its cost is in it.
 */
function timed(act: () => void): number {
  globalThis.gc?.();
  const begun = cpuMilliseconds();
  act();
  return cpuMilliseconds() - begun;
}

function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
