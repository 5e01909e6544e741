const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?`;
const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:\d\d)?$/;
const EN_US = new RegExp(
  String.raw`^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}) ${TIME}(?: (?<half>[AP]M))?(?: ?(?<zone>Z|[+-]\d\d:\d\d))?$`,
  "i",
);

/**
 * An instant out of its text: XML form, or what .NET prints in culture en-US or invariant (protocol 7.3). Text without
 * an offset is taken as UTC; milliseconds are kept, finer digits cut off. Null when it is neither.
 */
export function instantOfText(text: string): Date | null {
  const plain = withPlainBlanks(text);
  const parts = (ISO.exec(plain) ?? EN_US.exec(plain))?.groups;
  if (parts === undefined) return null;
  const at = instantOf(parts, number(parts, "month"), number(parts, "day"));
  return at === null ? null : new Date(at);
}

/** What a text says of a point in time, in either order of day and month: null where it is no date in that order. */
export type TimeText = {
  /** False where no zone stands in it: it is taken as UTC then. */
  readonly zoned: boolean;
  readonly monthFirst: number | null;
  readonly dayFirst: number | null;
};

const CLOCK = String.raw`${TIME}(?: ?(?<half>[AP]\.?M\.?))?(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d:\d\d))?`;
const anyOf = (date: string): RegExp => new RegExp(String.raw`^${date}(?:T|,? )${CLOCK}$`, "i");
const weekday = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?`;
const month = String.raw`(?<name>[a-z]{3,9})\.?`;

const YEAR_FIRST = anyOf(String.raw`(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})`);
const NUMBERS = anyOf(String.raw`(?<month>\d{1,2})(?<mark>[-/.])(?<day>\d{1,2})\k<mark>(?<year>\d{4})`);
const NAMED = [
  anyOf(String.raw`${weekday}(?<day>\d{1,2})[- ]${month},?[- ](?<year>\d{4})`),
  anyOf(String.raw`${weekday}${month} (?<day>\d{1,2}),? (?<year>\d{4})`),
];
/** As ConvertTo-Json of Windows PowerShell 5.1 writes a DateTime. */
const JSON_DATE = /^\/Date\((?<at>-?\d{1,16})(?:[+-]\d{4})?\)\/$/;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthNames =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;

/**
 * A text of any form that a culture may give to a date and a time of day. One that has the year first or the month by
 * its English name is the same in both orders. Null where it is none.
 */
export function readTimeText(text: string): TimeText | null {
  const plain = withPlainBlanks(text);
  if (plain.length > 64) return null;
  const json = JSON_DATE.exec(plain)?.groups?.["at"];
  if (json !== undefined) return sure(Number(json), true);
  const yearFirst = YEAR_FIRST.exec(plain)?.groups;
  if (yearFirst !== undefined)
    return sure(
      instantOf(yearFirst, number(yearFirst, "month"), number(yearFirst, "day")),
      isZoned(yearFirst),
    );
  const named = NAMED.map((form) => form.exec(plain)?.groups).find((parts) => parts !== undefined);
  if (named !== undefined)
    return sure(instantOf(named, monthNumber(named["name"]), number(named, "day")), isZoned(named));
  const parts = NUMBERS.exec(plain)?.groups;
  if (parts === undefined) return null;
  const [one, other] = [number(parts, "month"), number(parts, "day")];
  const [monthFirst, dayFirst] = [instantOf(parts, one, other), instantOf(parts, other, one)];
  return monthFirst === null && dayFirst === null ? null : { zoned: isZoned(parts), monthFirst, dayFirst };
}

type Parts = Readonly<Record<string, string | undefined>>;

/** The same in both orders; null for what no Date can hold. */
export function sure(at: number | null, zoned: boolean): TimeText | null {
  return at === null || Number.isNaN(new Date(at).getTime()) ? null : { zoned, monthFirst: at, dayFirst: at };
}

const number = (parts: Parts, name: string): number => Number(parts[name] ?? "0");

const isZoned = (parts: Parts): boolean => parts["zone"] !== undefined;

/** 0 for a word that is no month. */
const monthNumber = (name = ""): number =>
  monthNames.test(name) ? months.indexOf(name.slice(0, 3).toLowerCase()) + 1 : 0;

/** A U+202F or U+00A0 may stand before AM and PM (ICU cultures). */
const withPlainBlanks = (text: string): string => text.trim().replace(/[\u202f\u00a0]/g, " ");

function instantOf(parts: Parts, monthOfYear: number, day: number): number | null {
  const hour = hourOf(number(parts, "hour"), parts["half"]);
  if (hour === null || number(parts, "minute") > 59 || number(parts, "second") > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(number(parts, "year"), monthOfYear - 1, day);
  if (date.getUTCDate() !== day || date.getUTCMonth() !== monthOfYear - 1) return null;
  const thousandths = Number((parts["fraction"] ?? "").padEnd(3, "0").slice(0, 3));
  date.setUTCHours(hour, number(parts, "minute"), number(parts, "second"), thousandths);
  return date.getTime() - offsetMinutes(parts["zone"]) * 60_000;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase().startsWith("P") ? 12 : 0);
}

/** UTC and GMT are none. */
function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}
