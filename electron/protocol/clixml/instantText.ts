const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:\d\d)?$/;
const EN_US =
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}) (?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?: (?<half>[AP]M))?(?: ?(?<zone>Z|[+-]\d\d:\d\d))?$/i;

/**
 * An instant out of its text: XML form, or what .NET prints in culture en-US or invariant (protocol 7.3). Text without
 * an offset is taken as UTC; milliseconds are kept, finer digits cut off. Null when it is neither.
 */
export function instantOfText(text: string): Date | null {
  // A U+202F or U+00A0 may stand before AM and PM (ICU cultures).
  const plain = text.trim().replace(/[\u202f\u00a0]/g, " ");
  const parts = (ISO.exec(plain) ?? EN_US.exec(plain))?.groups;
  if (parts === undefined) return null;
  const number = (name: string): number => Number(parts[name] ?? "0");
  const hour = hourOf(number("hour"), parts["half"]);
  if (hour === null || number("minute") > 59 || number("second") > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(number("year"), number("month") - 1, number("day"));
  if (date.getUTCDate() !== number("day") || date.getUTCMonth() !== number("month") - 1) return null;
  const thousandths = Number((parts["fraction"] ?? "").padEnd(3, "0").slice(0, 3));
  date.setUTCHours(hour, number("minute"), number("second"), thousandths);
  return new Date(date.getTime() - offsetMinutes(parts["zone"]) * 60_000);
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}
