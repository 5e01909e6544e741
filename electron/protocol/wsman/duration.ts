import { WsmanError } from "./wsmanError.ts";

const pattern = /^(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:\.(\d{1,9}))?S)?)?$/;
const longest = 2_147_483_647_000;

/**
 * xs:duration of days and less, to milliseconds; finer digits are cut. Null for anything else: years and months have no
 * fixed length, and a bare `P` or `T` is no duration.
 */
export function readDuration(text: string): number | null {
  const trimmed = text.trim();
  const match = pattern.exec(trimmed);
  if (match === null || trimmed.endsWith("P") || trimmed.endsWith("T")) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const milliseconds = whole * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
  if (milliseconds > longest) return null;
  return sign === "-" && milliseconds > 0 ? -milliseconds : milliseconds;
}

/** `PT180.000S`: seconds with three digits, nothing stripped. Throws WsmanError "badDuration" unless 0 <= n <= 2^31 s. */
export function writeDuration(milliseconds: number): string {
  if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > longest)
    throw new WsmanError("badDuration", "A time must be a whole number of milliseconds, not negative");
  return `PT${Math.floor(milliseconds / 1000)}.${String(milliseconds % 1000).padStart(3, "0")}S`;
}

/** `P0DT0H0M9S`, as servers write run times. */
export function writeLongDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  return `P${days}DT${hours}H${Math.floor(seconds / 60) % 60}M${seconds % 60}S`;
}
