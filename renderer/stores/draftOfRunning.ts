import { grantMinutes } from "#contract";
import type { Grant } from "#contract";
import type { Draft } from "./grantWizard.ts";

/**
 * What a wizard starts with that changes the grant in force: its level, the time it has left, and why it was opened as
 * far as this console recorded it. Left as it is it changes nothing but the minutes that a grant has at least. `now`
 * in ms.
 */
export function draftOfRunning(grant: Grant, typed: Draft, now: number): Draft {
  return {
    ...typed,
    level: grant.level ?? typed.level,
    minutes: grant.expiresAt === null ? typed.minutes : String(minutesLeft(grant.expiresAt, now)),
    reason: typed.reason === "" ? (grant.record?.reason ?? "") : typed.reason,
    caseNumber: typed.caseNumber === "" ? (grant.record?.caseNumber ?? "") : typed.caseNumber,
  };
}

function minutesLeft(expiresAt: string, now: number): number {
  const left = Math.round((Date.parse(expiresAt) - now) / 60_000);
  return Math.max(grantMinutes.least, Math.min(grantMinutes.most, left));
}
