/**
 * Whether a text is that of a DateTime: `2018-06-13T23:45:29.4583203+00:00`, with up to seven digits of fraction, and
 * Z, an offset or nothing at the end ([MS-PSRP] 2.2.5.1.4). By position, since records hold many of them.
 */
export function isDateTimeText(text: string): boolean {
  if (text.length < 19 || text.length > 33) return false;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":")
    return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (!within(text, 11, 23) || !within(text, 14, 59) || !within(text, 17, 59)) return false;
  return isZone(text, endOfFraction(text));
}

/**
 * A DateTime in UTC as `toISOString` says it, without reckoning: finer digits are cut off. Null for any other text, and
 * for .NET's empty date.
 */
export function isoOfDateTime(text: string): string | null {
  const zone = text.endsWith("Z") ? 1 : text.endsWith("+00:00") ? 6 : 0;
  if (zone === 0 || !isDateTimeText(text) || text.startsWith("0001")) return null;
  const plain = text.slice(0, -zone);
  return `${plain.length === 19 ? `${plain}.000` : plain.padEnd(23, "0").slice(0, 23)}Z`;
}

/** The number in those columns, or -1 when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function within(text: string, at: number, most: number): boolean {
  const value = digits(text, at, at + 2);
  return value >= 0 && value <= most;
}

/** Where the zone begins: after one to seven digits of fraction, or -1 when the fraction is malformed. */
function endOfFraction(text: string): number {
  if (text[19] !== ".") return 19;
  let end = 20;
  while (end < 27 && digits(text, end, end + 1) >= 0) end++;
  return end === 20 ? -1 : end;
}

function isZone(text: string, at: number): boolean {
  if (at < 0) return false;
  if (at === text.length) return true;
  if (text[at] === "Z") return text.length === at + 1;
  const signed = text[at] === "+" || text[at] === "-";
  return (
    signed &&
    text.length === at + 6 &&
    text[at + 3] === ":" &&
    within(text, at + 1, 14) &&
    within(text, at + 4, 59)
  );
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
