const MINUTE = 60_000;
/** Time zones stand on quarters of an hour. */
const QUARTER = 15;

/**
 * How many minutes the device's clock is ahead of UTC: the header's `Start time` is its local time without a zone, and
 * the session's start is UTC. Null when the two are no start of the same session (more than 5 minutes off any zone).
 */
export function deviceOffsetMinutes(headerTime: string | null, startedAt: string | null): number | null {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(headerTime ?? "");
  if (digits === null || startedAt === null) return null;
  const [year, month, day, hour, minute, second] = digits.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const apart = (local - Date.parse(startedAt)) / MINUTE;
  const offset = Math.round(apart / QUARTER) * QUARTER;
  return Math.abs(apart - offset) <= 5 && Math.abs(offset) <= 14 * 60 ? offset + 0 : null;
}
