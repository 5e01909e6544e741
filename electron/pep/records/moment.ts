import { isoOfDateTime } from "../../protocol/clixml/dateTimeText.ts";
import { type Looked, textOf, timeOf } from "../../protocol/clixml/look.ts";

/** `zoned` is false where no zone was printed: it is read as UTC then. */
export type Instant = { readonly ms: number; readonly iso: string; readonly zoned: boolean };

/** Which number of a date comes first; one order holds for a whole answer. */
export type DateOrder = "monthFirst" | "dayFirst";

/** A point in time as a record prints it. */
export type Moment =
  /** Absent, empty, or a value that stands for "none". */
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly at: Instant }
  /** Day and month may stand in either order; null where it is no date in that one. */
  | ({ readonly kind: "either"; readonly zoned: boolean } & Readonly<Record<DateOrder, number | null>>)
  /** Something is printed, and it is no time that we can read. */
  | { readonly kind: "unread" };

/**
 * Nothing of this product is older, and what its clock holds for "none" is: .NET's MinValue (year 1), FILETIME 0 (1601),
 * Unix 0 (1970), SQL's 1753 and 1900, each in any zone. MaxValue is the last day of the year 9999, in any zone.
 */
const [earliest, latest] = [Date.UTC(2000, 0, 1), Date.UTC(9999, 11, 30)];

const none: Moment = { kind: "none" };
const unread: Moment = { kind: "unread" };

export function momentOf(value: Looked): Moment {
  const iso = typeof value === "object" && value?.kind === "scalar" ? isoOfDateTime(value.text) : null;
  if (iso !== null) return momentAt(Date.parse(iso), iso, true);
  const time = timeOf(value);
  if (time === null) return isBlank(value) ? none : unread;
  const { zoned, monthFirst, dayFirst } = time;
  if (monthFirst !== null && monthFirst === dayFirst) return momentAt(monthFirst, null, zoned);
  return { kind: "either", zoned, monthFirst, dayFirst };
}

/** What a moment is where the order is known, or where it does not matter: null for none and for what is not read. */
export function instantIn(moment: Moment, order: DateOrder | null): Instant | null {
  const { kind, at } = settled(moment, order);
  return kind === "at" ? at : null;
}

/** The moment without the question of its order; unread where that would be needed and is not known. */
export function settled(
  moment: Moment,
  order: DateOrder | null,
): { readonly kind: "at"; readonly at: Instant } | { readonly kind: "none" | "unread"; readonly at: null } {
  if (moment.kind === "at") return moment;
  if (moment.kind !== "either") return { kind: moment.kind, at: null };
  const candidates = candidatesOf(moment);
  if (candidates.every(standsForNone)) return { kind: "none", at: null };
  const ms = order === null ? null : moment[order];
  if (ms === null) return { kind: "unread", at: null };
  const read = momentAt(ms, null, moment.zoned);
  return read.kind === "at" ? read : { kind: "none", at: null };
}

/** All that it may be (milliseconds); nothing where nothing is printed or nothing can be read. */
export function candidatesOf(moment: Moment): readonly number[] {
  if (moment.kind === "at") return [moment.at.ms];
  if (moment.kind !== "either") return [];
  return [moment.monthFirst, moment.dayFirst].filter((ms) => ms !== null);
}

function standsForNone(ms: number): boolean {
  return ms < earliest || ms >= latest;
}

function momentAt(ms: number, iso: string | null, zoned: boolean): Moment {
  if (standsForNone(ms)) return none;
  return { kind: "at", at: { ms, iso: iso ?? new Date(ms).toISOString(), zoned } };
}

/** An object that has no text is something all the same. */
function isBlank(value: Looked): boolean {
  if (value === undefined || value === null) return true;
  return textOf(value)?.trim() === "";
}
