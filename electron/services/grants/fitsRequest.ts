import type { Grant, Level } from "#contract";

/** `ExpiresAt` is `UpdatedAt` plus the minutes, give or take 2 seconds (printed for the product family). */
export const expiryTolerance = 2_000;

/** Where the device's clock was not measured, it may differ from ours by this much. Assumed. */
export const clockTolerance = 5 * 60_000;

export type GrantAsked = {
  readonly level: Level;
  readonly minutes: number;
  /** When the command left us, and when the reading was taken, both by our clock. */
  readonly askedAt: string;
  readonly readAt: string;
  /** How far the device's clock is ahead of ours (milliseconds); null: not measured. */
  readonly aheadMs: number | null;
};

/** True when level and times of the grant are those that were asked for. Says nothing about whether it is new. */
export function fitsRequest(grant: Grant, asked: GrantAsked): boolean {
  const start = startOf(grant, asked);
  if (start === null) return false;
  const printed = grant.updatedAt ?? grant.createdAt;
  return printed === null ? isAround(start, asked) : Math.abs(start - Date.parse(printed)) <= expiryTolerance;
}

/** The same for a grant that is not known to be new: it was made while it was asked for. */
export function fitsTimes(grant: Grant, asked: GrantAsked): boolean {
  const start = startOf(grant, asked);
  return start !== null && fitsRequest(grant, asked) && isAround(start, asked);
}

/** When it was granted, by its end and the minutes that were asked for; null where that cannot be told. */
function startOf(grant: Grant, { level, minutes }: GrantAsked): number | null {
  if (grant.level !== level || grant.expiresAt === null) return null;
  return Date.parse(grant.expiresAt) - minutes * 60_000;
}

function isAround(start: number, { askedAt, readAt, aheadMs }: GrantAsked): boolean {
  const ahead = aheadMs ?? 0;
  return (
    start >= Date.parse(askedAt) + ahead - clockTolerance &&
    start <= Date.parse(readAt) + ahead + clockTolerance
  );
}

/** Active grants that were not there before, or not like this: a grant updated in place counts as new. */
export function newGrants(before: readonly Grant[], after: readonly Grant[]): readonly Grant[] {
  const known = new Set(before.filter((grant) => grant.active).map(identity));
  return after.filter((grant) => grant.active && !known.has(identity(grant)));
}

const identity = (grant: Grant): string =>
  JSON.stringify([grant.levelAsPrinted, grant.createdAt, grant.updatedAt, grant.expiresAt]);
