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

/** With at most seven digits a unit it fits 64 bits, whatever the digits are. */
const SHORT_DURATION =
  /^-?P(?:\d{1,7}D)?(?:T(?:\d{1,7}H)?(?:\d{1,7}M)?(?:\d{1,7}(?:\.\d{1,7})?S)?)?(?<![PT])$/;

/** Whether a text is that of a TimeSpan; without reckoning where it is short, as nearly all are. */
export function isDuration(text: string): boolean {
  return SHORT_DURATION.test(text) || durationTicks(text) !== null;
}
