/** xs:duration as .NET writes a TimeSpan: days at most, no months ([MS-PSRP] 2.2.5.1.9). */
const DURATION = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,7}))?S)?)?$/;

/** A TimeSpan's text in 100 ns ticks, or null when it is none or does not fit 64 bits. */
export function durationTicks(text: string): bigint | null {
  const match = DURATION.exec(text);
  if (match === null || text.endsWith("P") || text.endsWith("T") || text.length > 64) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = whole * 10_000_000n + BigInt(fraction.padEnd(7, "0"));
  const signed = sign === "-" ? -ticks : ticks;
  return BigInt.asIntN(64, signed) === signed ? signed : null;
}
