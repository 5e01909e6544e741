import { grantMinutes, type Door, type Failure, type Grant, type Session } from "#contract";
import { readingIsGoodFor } from "./intervals.ts";

/** Whether another endpoint than the one that was read shows an active grant. */
export type OtherView = { readonly endpoint: string; readonly active: boolean };

/** One good reading of a target. */
export type TargetReading = {
  readonly endpoint: string;
  readonly readAt: string;
  readonly grants: readonly Grant[];
  readonly sessions: readonly Session[];
  /** What the other endpoints said when they were asked last. */
  readonly others: readonly OtherView[];
};

/** Where our last revoke of the target stands. */
export type RevokeMark =
  | { readonly state: "none" }
  | { readonly state: "closing" }
  | { readonly state: "notConfirmed"; readonly since: string; readonly because: Failure };

export type DoorView = {
  readonly reading: TargetReading | null;
  readonly revoke: RevokeMark;
  /** What stands in the way of a newer reading. */
  readonly trouble: Failure | null;
};

/**
 * The state of a target in one word (contract/doors.ts). Closed is said only by a reading young enough to prove it;
 * what we asked for is never taken for what is.
 */
export function doorOf(view: DoorView, now: Date): Door {
  const { reading, revoke } = view;
  const known = {
    grant: reading === null ? null : activeGrant(reading.grants),
    sessionsInside: reading === null ? [] : liveSessions(reading.sessions, now),
    answeredBy: reading?.endpoint ?? null,
    answeredAt: reading?.readAt ?? null,
    trouble: view.trouble,
  };
  if (revoke.state === "closing") return { state: "closing", ...known };
  if (revoke.state === "notConfirmed" && !settlesRevoke(reading, revoke.since, now))
    return { state: "notConfirmed", ...known, trouble: view.trouble ?? revoke.because };
  if (reading === null || now.getTime() - Date.parse(reading.readAt) > readingIsGoodFor)
    return { state: "unknown", ...known };
  const trouble = disagreement(reading);
  if (trouble !== null) return { state: "unknown", ...known, trouble };
  if (known.sessionsInside.length > 0) return { state: "inside", ...known };
  return { state: known.grant === null ? "closed" : "open", ...known };
}

/** True when this reading ends a "not confirmed": it is later and proves the door closed, or shows a newer grant. */
export function settlesRevoke(reading: TargetReading | null, since: string, now: Date): boolean {
  if (reading === null || Date.parse(reading.readAt) <= Date.parse(since)) return false;
  const grant = activeGrant(reading.grants);
  if (grant !== null) return Date.parse(grant.updatedAt ?? grant.createdAt ?? since) > Date.parse(since);
  return liveSessions(reading.sessions, now).length === 0 && disagreement(reading) === null;
}

/** The active grant that lasts longest, or null. */
export function activeGrant(grants: readonly Grant[]): Grant | null {
  const active = grants.filter((grant) => grant.active);
  return active.toSorted((a, b) => timeOf(b.expiresAt) - timeOf(a.expiresAt))[0] ?? null;
}

/**
 * Sessions without an end that can still be running. One that started longer ago than any grant lasts has lost its end
 * time, not its end: it would keep the door "inside" until the target forgets it.
 */
export function liveSessions(sessions: readonly Session[], now: Date): readonly Session[] {
  const earliest = now.getTime() - (grantMinutes.most + 60) * 60_000;
  return sessions.filter(
    (session) =>
      session.endedAt === null && (session.startedAt === null || Date.parse(session.startedAt) > earliest),
  );
}

/** In words, which endpoints contradict the one that was read; null when they agree. */
function disagreement(reading: TargetReading): Failure | null {
  const active = activeGrant(reading.grants) !== null;
  const others = reading.others.filter((other) => other.active !== active).map((other) => other.endpoint);
  if (others.length === 0) return null;
  const says = (open: boolean): string => (open ? "an active grant" : "no active grant");
  return {
    code: "badAnswer",
    sentence: `The endpoints disagree: ${reading.endpoint} shows ${says(active)}, ${others.join(" and ")} ${says(!active)}. Treat the door as open; revoke if in doubt.`,
    remedy: "retry",
  };
}

const timeOf = (time: string | null): number => (time === null ? 0 : Date.parse(time));
