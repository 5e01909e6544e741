import { ClixmlError } from "./clixmlError.ts";
import { isDateTimeText } from "./dateTimeText.ts";
import { isDuration } from "./duration.ts";
import type { ScalarTag } from "./value.ts";

/* Text forms of primitives ([MS-PSRP] 2.2.5.1, protocol 7.2). Each check gives the text to keep, or throws. */

/** The text of a scalar as it is kept: numbers in plain decimal, other forms trimmed. Throws "text" and "range". */
export function checkedScalar(tag: ScalarTag, text: string): string {
  const check = checks[tag];
  if (check === null) return text;
  const kept = check(text);
  if (kept === null) throw textError(tag);
  return kept;
}

type Check = (text: string) => string | null;

const integer =
  (least: bigint, most: bigint): Check =>
  (text) =>
    String(readInteger(text, least, most));

const trimmed =
  (holds: (text: string) => boolean): Check =>
  (text) => {
    const kept = text.trim();
    return holds(kept) ? kept : null;
  };

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const FLOAT = /^(?:-?INF|NaN|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?)$/;

const float = trimmed((text) => text.length < 400 && FLOAT.test(text));

/** Null: any text. PR is taken apart elsewhere. */
const checks: Readonly<Record<ScalarTag, Check | null>> = {
  C: integer(0n, 65_535n),
  By: integer(0n, 255n),
  SB: integer(-128n, 127n),
  I16: integer(-32_768n, 32_767n),
  U16: integer(0n, 65_535n),
  U32: integer(0n, 4_294_967_295n),
  U64: integer(0n, 18_446_744_073_709_551_615n),
  Sg: float,
  Db: float,
  D: trimmed(isDecimal),
  DT: trimmed(isDateTimeText),
  TS: trimmed(isDuration),
  G: trimmed((text) => GUID.test(text)),
  Version: trimmed(isVersion),
  BA: (text) => base64Of(text),
  SS: trimmed((text) => !/[^A-Za-z0-9+/=\s]/.test(text)),
  URI: null,
  XD: null,
  SBK: null,
  PR: null,
};

/** A Decimal has 96 bits and at most 28 digits after the point; its scale is part of the value. */
function isDecimal(text: string): boolean {
  if (text.length > 64) return false;
  const match = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(text);
  const [whole, fraction] = [match?.[1] ?? "", match?.[2] ?? ""];
  if (whole + fraction === "" || fraction.length > 28) return false;
  if (BigInt(whole + fraction) < 1n << 96n) return true;
  throw rangeError("D");
}

function isVersion(text: string): boolean {
  if (!/^\d{1,10}(?:\.\d{1,10}){1,3}$/.test(text)) return false;
  return text.split(".").every((part) => Number(part) <= 2_147_483_647);
}

/** Base64 with its white space taken out; null when it holds anything else ([MS-PSRP] 2.2.5.1.17). */
function base64Of(text: string): string | null {
  const compact = /\s/.test(text) ? text.replace(/[ \t\r\n]+/g, "") : text;
  const padding = compact.endsWith("==") ? 2 : compact.endsWith("=") ? 1 : 0;
  const digits = padding === 0 ? compact : compact.slice(0, -padding);
  return compact.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(digits) ? compact : null;
}

const INTEGER = /^[+-]?\d+$/;

/** Digits with a sign, blanks around and zeros before. */
function readInteger(text: string, least: bigint, most: bigint): bigint {
  const plain = text.trim();
  if (!INTEGER.test(plain)) throw textError("an integer");
  const digits = plain.replace(/^([+-]?)0+(?=\d)/, "$1");
  const value = digits.length > 20 ? null : BigInt(digits.replace("+", ""));
  if (value === null || value < least || value > most) throw rangeError("an integer");
  return value;
}

/** I32 as a number. */
export function readInt32(text: string): number {
  const plain = plainDigits(text, 9);
  return plain >= 0 ? plain : Number(readInteger(text, -2_147_483_648n, 2_147_483_647n));
}

/** I64 as a bigint. */
export function readInt64(text: string): bigint {
  const plain = plainDigits(text, 18);
  if (plain < 0) return readInteger(text, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n);
  return BigInt(Number.isSafeInteger(plain) ? plain : text);
}

/** Almost all numbers are plain digits: their value, about right where it is not safe, or -1 for anything else. */
function plainDigits(text: string, most: number): number {
  if (text.length === 0 || text.length > most) return -1;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** B; .NET's XML form has 1 and 0 too. */
export function readBoolean(text: string): boolean {
  if (text === "true") return true;
  if (text === "false") return false;
  const plain = text.trim().toLowerCase();
  if (plain === "true" || plain === "1") return true;
  if (plain === "false" || plain === "0") return false;
  throw textError("B");
}

/** A number as I32 text. */
export function writeInt32(value: number): string {
  if (Number.isInteger(value) && value >= -2_147_483_648 && value <= 2_147_483_647) return String(value);
  throw rangeError("I32");
}

/** A bigint as I64 text. */
export function writeInt64(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) throw rangeError("I64");
  return String(value);
}

const textError = (what: string): ClixmlError =>
  new ClixmlError("text", `The text of a value is not one of ${what}`);
const rangeError = (what: string): ClixmlError =>
  new ClixmlError("range", `A number is outside the range of ${what}`);
