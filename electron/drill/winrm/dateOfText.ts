/* What [datetime] makes of text in the invariant culture, as far as people type dates; without an offset it is UTC. */

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`;
const month = String.raw`(?<monthName>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`;
const time = String.raw`(?:[T\s,]+(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,7}))?)?(?:\s*(?<half>[AP]M?))?(?:\s*(?<zone>Z|GMT|[+-]\d\d?:?\d\d))?)?`;

const forms = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`,
  String.raw`(?<month>\d{1,2})[-/.](?<day>\d{1,2})[-/.](?<year>\d{4}|\d\d)`,
  String.raw`${weekday}${month}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})`,
  String.raw`${weekday}(?<day>\d{1,2})[\s-]+${month}[\s,-]+(?<year>\d{4})`,
].map((date) => new RegExp(`^${date}${time}$`, "i"));

/** The instant, or null for text that is no date. */
export function dateOfText(text: string): Date | null {
  const plain = text.trim().replace(/[\u202f\u00a0]/g, " ");
  const parts = forms.map((form) => form.exec(plain)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return null;
  const number = (name: string): number => Number(parts[name] ?? "0");
  const day = dayOf(yearOf(parts["year"] ?? ""), monthOf(parts), number("day"));
  const hour = hourOf(number("hour"), parts["half"]);
  if (day === null || hour === null || number("minute") > 59 || number("second") > 59) return null;
  const thousandths = Number((parts["fraction"] ?? "").padEnd(3, "0").slice(0, 3));
  day.setUTCHours(hour, number("minute"), number("second"), thousandths);
  return new Date(day.getTime() - offsetMinutes(parts["zone"]) * 60_000);
}

function dayOf(year: number, month: number, day: number): Date | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

/** .NET Framework reads 00 to 29 as this century. */
const yearOf = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 30 ? 2000 : 1900);

const monthOf = (parts: Readonly<Record<string, string | undefined>>): number =>
  parts["monthName"] === undefined
    ? Number(parts["month"])
    : months.indexOf(parts["monthName"].toLowerCase()) + 1;

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase().startsWith("P") ? 12 : 0);
}

function offsetMinutes(zone: string | undefined): number {
  const digits = zone?.match(/^([+-])(\d\d?):?(\d\d)$/);
  if (digits === null || digits === undefined) return 0;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  return digits[1] === "-" ? -minutes : minutes;
}
