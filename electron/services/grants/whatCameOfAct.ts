import type { EndpointReading, Grant, Scope } from "#contract";
import type { TargetReading } from "../doors/doorOf.ts";
import { missingProof, wasRead } from "../doors/missingProof.ts";
import { endpointOfAct, holdersBy, type KnownAct } from "../ledger/knownActs.ts";
import { clockTolerance, expiryTolerance } from "./fitsRequest.ts";
import type { LaterShown } from "./resolvedReceipt.ts";

/** A command that was sent may land as late as this (milliseconds): the first enabling restarts WinRM twice (vendor). */
const mayLand = 10 * 60_000;

export type Surroundings = {
  /** All acts of the target. */
  readonly acts: readonly KnownAct[];
  readonly reading: TargetReading;
  readonly scope: Scope;
  /** By our clock. */
  readonly now: Date;
};

/** Whether nobody knows yet how it ended. */
export const isOpenEnded = ({ receipt }: KnownAct): boolean =>
  receipt === null || receipt.outcome === "notKnown" || receipt.outcome === "notConfirmed";

/** What the reading tells of an act whose end nobody knew; null: nothing yet. */
export function whatCameOfAct(act: KnownAct, surroundings: Surroundings): LaterShown | null {
  // What was read before its last word says nothing about it.
  if (surroundings.reading.askedAt.wall <= Date.parse(act.lastAt)) return null;
  return act.act === "revoke" ? ofRevoke(act, surroundings) : ofGrant(act, surroundings);
}

function ofRevoke(act: KnownAct, { acts, reading, scope, now }: Surroundings): LaterShown | null {
  const missing = missingProof({ readings: reading.endpoints, scope, holders: holdersBy(acts) });
  if (missing === null) {
    const shown = `${readWords(reading)}: no active grant and no running session.`;
    return { outcome: "closed", shown, grant: null };
  }
  if (act.receipt !== null || !isOld(act, now)) return null;
  return { outcome: "notConfirmed", shown: missing.sentence, grant: null };
}

function ofGrant(act: KnownAct, { acts, reading, now }: Surroundings): LaterShown | null {
  if (act.request === null && act.receipt === null) return null;
  const grant = reading.grants.find((candidate) => cameOf(candidate, act, acts, reading));
  if (grant !== undefined) {
    const show = grant.shownBy.length === 1 ? "shows" : "show";
    const until = grant.expiresAt ?? "an unknown time";
    const shown = `${grant.shownBy.join(", ")} ${show} the grant (${grant.state}, until ${until}).`;
    return { outcome: "granted", shown, grant };
  }
  if (!isOld(act, now) || !isReadWhere(act, reading.endpoints)) return null;
  const outcome = act.answer?.answer === "no" ? "declined" : "notGranted";
  return { outcome, shown: `${readWords(reading)}: no grant that came of it.`, grant: null };
}

const isOld = ({ lastAt }: KnownAct, now: Date): boolean => now.getTime() - Date.parse(lastAt) >= mayLand;

/** The grant was made after it was asked for, at its level and for its minutes, and is no other act's. */
function cameOf(grant: Grant, act: KnownAct, acts: readonly KnownAct[], { aheadMs }: TargetReading): boolean {
  const level = act.receipt?.level ?? act.request?.level;
  const minutes = act.receipt?.minutes ?? act.request?.minutes;
  const made = grant.active ? (grant.updatedAt ?? grant.createdAt) : grant.createdAt;
  if (made === null || grant.level !== level || grant.expiresAt === null) return false;
  if (acts.some(({ id, receipt }) => id !== act.id && receipt?.grant?.key === grant.key)) return false;
  const endpoint = endpointOfAct(act);
  if (endpoint !== null && !grant.shownBy.includes(endpoint)) return false;
  const at = Date.parse(made);
  const from = Date.parse(act.startedAt) + (aheadMs ?? 0) - clockTolerance;
  const lasts = Date.parse(grant.expiresAt) - at;
  const asked = (minutes ?? 0) * 60_000;
  // One that was revoked or ran out has lasted no longer than was asked for.
  const fits = grant.active ? Math.abs(lasts - asked) <= expiryTolerance : lasts <= asked + expiryTolerance;
  return fits && at >= from && at < nextStart(act, acts) + (aheadMs ?? 0);
}

const nextStart = (act: KnownAct, acts: readonly KnownAct[]): number => {
  const after = acts.filter((one) => one.act === "grant" && one.startedAt > act.startedAt);
  return after.length === 0 ? Number.POSITIVE_INFINITY : Date.parse(after[0]?.startedAt ?? "");
};

/** The endpoint that was asked, or where that is not known all of them. */
function isReadWhere(act: KnownAct, readings: readonly EndpointReading[]): boolean {
  const endpoint = endpointOfAct(act);
  const wanted = endpoint === null ? readings : readings.filter((one) => one.endpoint === endpoint);
  return wanted.length > 0 && wanted.every((one) => wasRead(one) && one.notUnderstood.length === 0);
}

const readWords = ({ endpoints }: TargetReading): string =>
  endpoints
    .filter(wasRead)
    .map(({ endpoint }) => endpoint)
    .join(", ");
