import type { Grant, Level } from "#contract";

/** `ExpiresAt` is `UpdatedAt` plus the minutes, give or take 2 seconds (printed for the product family). */
export const expiryTolerance = 2_000;

/** Where a grant prints no start, our own clock has to do; the device's may differ by this much. Assumed. */
export const clockTolerance = 5 * 60_000;

export type GrantAsked = {
  readonly level: Level;
  readonly minutes: number;
  /** When the command left us, and when the reading was taken, both by our clock. */
  readonly askedAt: string;
  readonly readAt: string;
};

/** True when level and times of the grant are those that were asked for. Says nothing about whether it is new. */
export function fitsRequest(grant: Grant, asked: GrantAsked): boolean {
  if (grant.level !== asked.level || grant.expiresAt === null) return false;
  const start = Date.parse(grant.expiresAt) - asked.minutes * 60_000;
  const printed = grant.updatedAt ?? grant.createdAt;
  if (printed !== null) return Math.abs(start - Date.parse(printed)) <= expiryTolerance;
  return (
    start >= Date.parse(asked.askedAt) - clockTolerance && start <= Date.parse(asked.readAt) + clockTolerance
  );
}

/** Active grants that were not there before, or not like this: a grant updated in place counts as new. */
export function newGrants(before: readonly Grant[], after: readonly Grant[]): readonly Grant[] {
  const known = new Set(before.filter((grant) => grant.active).map(identity));
  return after.filter((grant) => grant.active && !known.has(identity(grant)));
}

const identity = (grant: Grant): string =>
  JSON.stringify([grant.levelAsPrinted, grant.createdAt, grant.updatedAt, grant.expiresAt]);
