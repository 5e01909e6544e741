import type { Door, EndpointReading, Failure, Grant, LastKnown, Scope, Session } from "#contract";
import { isFresh } from "./endpointView.ts";
import type { Moment } from "./age.ts";
import { missingProof, notUnderstood, wasRead } from "./missingProof.ts";

/** What is known of a whole target: the answers of its endpoints put together. */
export type TargetReading = {
  /** The endpoint that answered first, and when it was asked and had answered. */
  readonly endpoint: string;
  readonly askedAt: Moment;
  readonly at: Moment;
  readonly readAt: string;
  /** Each once, whichever endpoints show it; those in force and those of the last weeks. */
  readonly grants: readonly Grant[];
  readonly sessions: readonly Session[];
  /** One of each endpoint, as of this reading. */
  readonly endpoints: readonly EndpointReading[];
  readonly aheadMs: number | null;
};

/** Where our last revoke of the target stands. `since` is when it came to its end without a proof. */
export type RevokeMark =
  | { readonly state: "none" }
  | { readonly state: "closing" }
  | { readonly state: "notConfirmed"; readonly since: Moment; readonly because: Failure };

export type DoorView = {
  readonly reading: TargetReading | null;
  readonly revoke: RevokeMark;
  /** A grant was asked for just now, and what came of it is not read yet. */
  readonly isOpening: boolean;
  readonly scope: Scope;
  readonly holders: readonly string[];
  /** What the ledger knows of a door that was opened here. */
  readonly lastKnown: LastKnown | null;
  /** What stands in the way of a newer reading. */
  readonly trouble: Failure | null;
};

/**
 * The state of a target in one word (contract/doors.ts). Closed is said only where nothing of the proof is missing and
 * the reading is young; what we asked for is never taken for what is.
 */
export function doorOf(view: DoorView, now: Moment): Door {
  const { reading, revoke } = view;
  const known = knownOf(view);
  if (revoke.state === "closing") return { state: "closing", ...known };
  if (revoke.state === "notConfirmed" && !settlesRevoke(view, revoke.since))
    return { state: "notConfirmed", ...known, trouble: view.trouble ?? revoke.because };
  const read = stateOfReading(view, now);
  if (view.isOpening && (read.state === "closed" || read.state === "unknown"))
    return { state: "opening", ...known, lastKnown: null };
  const isCertain = read.state !== "unknown" && reading !== null;
  return {
    state: read.state,
    ...known,
    lastKnown: isCertain ? null : known.lastKnown,
    trouble: view.trouble ?? read.trouble,
  };
}

function knownOf({ reading, lastKnown, trouble }: DoorView): Omit<Door, "state"> {
  const grant = reading === null ? null : activeGrant(reading.grants);
  return {
    grant,
    sessionsInside: reading === null ? [] : liveSessions(reading.sessions),
    answeredBy: reading?.endpoint ?? null,
    answeredAt: reading?.readAt ?? null,
    endpoints: reading?.endpoints ?? [],
    lastKnown: grant === null || reading === null ? lastKnown : lastRead(grant, reading),
    deviceAheadMs: reading?.aheadMs ?? null,
    trouble,
  };
}

const lastRead = (grant: Grant, { endpoints, readAt }: TargetReading): LastKnown => ({
  operator: grant.record?.operator ?? null,
  at: endpoints.find(({ endpoint }) => grant.shownBy.includes(endpoint))?.readAt ?? readAt,
  until: grant.expiresAt,
  certain: true,
});

type Read = { readonly state: "unknown" | "closed" | "open" | "inside"; readonly trouble: Failure | null };

function stateOfReading({ reading, scope, holders }: DoorView, now: Moment): Read {
  if (reading === null || !isFresh(reading.at, now)) return { state: "unknown", trouble: null };
  const unclear = reading.endpoints.filter((one) => one.notUnderstood.length > 0);
  if (unclear.length > 0) return { state: "unknown", trouble: notUnderstood(unclear) };
  const trouble = scope?.grants === "separate" ? null : disagreement(reading.endpoints);
  if (trouble !== null) return { state: "unknown", trouble };
  if (reading.endpoints.some((one) => (one.liveSessions ?? 0) > 0)) return { state: "inside", trouble: null };
  if (reading.endpoints.some((one) => (one.activeGrants ?? 0) > 0)) return { state: "open", trouble: null };
  const missing = missingProof({ readings: reading.endpoints, scope, holders });
  return missing === null ? { state: "closed", trouble: null } : { state: "unknown", trouble: missing };
}

/**
 * True when this reading ends a "not confirmed": it was begun later, and proves the door closed or shows a grant that
 * is newer than the revoke.
 */
export function settlesRevoke({ reading, scope, holders }: DoorView, since: Moment): boolean {
  if (reading === null || reading.askedAt.monotonic <= since.monotonic) return false;
  const grant = activeGrant(reading.grants);
  const made = grant?.updatedAt ?? grant?.createdAt ?? null;
  if (made !== null) return Date.parse(made) > since.wall + (reading.aheadMs ?? 0);
  return grant === null && missingProof({ readings: reading.endpoints, scope, holders }) === null;
}

/** The active grant that lasts longest, or null. */
export function activeGrant(grants: readonly Grant[]): Grant | null {
  const active = grants.filter((grant) => grant.active);
  return active.toSorted((a, b) => timeOf(b.expiresAt) - timeOf(a.expiresAt))[0] ?? null;
}

/** Sessions that have not ended, by the device's own words. */
export function liveSessions(sessions: readonly Session[]): readonly Session[] {
  return sessions.filter((session) => session.running);
}

/** In words, which endpoints contradict each other; null when those that were read agree. */
function disagreement(readings: readonly EndpointReading[]): Failure | null {
  const read = readings.filter(wasRead);
  const open = read.filter(({ activeGrants }) => activeGrants !== 0).map(({ endpoint }) => endpoint);
  const shut = read.filter(({ activeGrants }) => activeGrants === 0).map(({ endpoint }) => endpoint);
  if (open.length === 0 || shut.length === 0) return null;
  return {
    code: "badAnswer",
    sentence: `The endpoints disagree: ${open.join(" and ")} ${open.length === 1 ? "shows" : "show"} an active grant, ${shut.join(" and ")} no active grant. Treat the door as open; revoke if in doubt.`,
    remedy: "retry",
  };
}

const timeOf = (time: string | null): number => (time === null ? 0 : Date.parse(time));
