import { type DateOrder, instantIn, type Moment } from "./moment.ts";

/** A record with times whose day and month may stand in either order. */
export type Dated = {
  readonly moments: readonly Moment[];
  /** Whether the record cannot be true with its times read like that; `at` gives milliseconds, null for none. */
  readonly contradicts: (at: (moment: Moment) => number | null) => boolean;
};

const orders: readonly DateOrder[] = ["monthFirst", "dayFirst"];

/**
 * The order of day and month in all records of one answer, where exactly one is left after those that an impossible date
 * or a record that contradicts itself disproves. Null where both are left, or none: then nothing is read by it.
 */
export function provenOrder(records: readonly Dated[]): DateOrder | null {
  if (!records.some(({ moments }) => moments.some(({ kind }) => kind === "either"))) return null;
  const left = records.reduce((before, record) => {
    const allowed = allowedBy(record);
    return before.filter((order) => allowed.includes(order));
  }, orders);
  return left.length === 1 ? (left[0] ?? null) : null;
}

/** A record that contradicts itself in every order that its dates allow says nothing of the order. */
function allowedBy({ moments, contradicts }: Dated): readonly DateOrder[] {
  const possible = orders.filter((order) =>
    moments.every((moment) => moment.kind !== "either" || moment[order] !== null),
  );
  const sound = possible.filter((order) => !contradicts((moment) => instantIn(moment, order)?.ms ?? null));
  return sound.length > 0 ? sound : possible;
}
