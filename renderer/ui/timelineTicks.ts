export type Tick = { readonly at: number; readonly words: string };

const hour = 3_600_000;
const day = 24 * hour;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Steps between two ticks, each for spans up to so long (ms). */
const steps = [
  { upTo: 2 * day, step: 4 * hour },
  { upTo: 10 * day, step: day },
  { upTo: Number.POSITIVE_INFINITY, step: 14 * day },
] as const;

/** Round instants of a span, in UTC: `04:00` within two days, else `24 Nov`. */
export function timelineTicks(from: number, to: number): readonly Tick[] {
  const { step } = steps.find(({ upTo }) => to - from <= upTo) ?? steps[2];
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push({ at, words: tickWords(at, step) });
  return ticks;
}

function tickWords(at: number, step: number): string {
  const date = new Date(at);
  const clock = date.toISOString().slice(11, 16);
  return step < day && clock !== "00:00" ? clock : `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ""}`;
}
