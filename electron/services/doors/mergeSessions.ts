import type { Session } from "#contract";
import { ageOf, type Moment } from "./age.ts";
import { runningIn, type GoodView } from "./endpointView.ts";

const DAY = 24 * 60 * 60_000;

/** Transcripts, and so sessions worth listing, are kept 90 days (published). */
export const historyLasts = 90 * DAY;

/** The whole history is read again this often; between, only what can have changed. */
const wholeHistoryEvery = 10 * 60_000;

/** What the next reading of sessions starts from (null: all that is known), and whether it replaces what is known. */
export type SessionsQuestion = { readonly from: Date | null; readonly whole: boolean };

/**
 * Ask for a day and for the start of every running session; for all now and then. A day by the device's clock: where that
 * was not measured, all is asked for, since a date of ours may lie in its future. So it is where something was not
 * understood: it may be older than a day, and would be told of no more.
 */
export function sessionsQuestion(
  known: GoodView | null,
  now: Moment,
  deviceNow: Date | null,
): SessionsQuestion {
  const whole = { from: null, whole: true } as const;
  if (known === null || known.wholeAt === null || deviceNow === null) return whole;
  if (known.notUnderstood.length > 0) return whole;
  const age = ageOf(known.wholeAt, now);
  if (age === null || age >= wholeHistoryEvery) return whole;
  const starts = runningIn(known).map((session) => Date.parse(session.startedAt ?? "") || 0);
  return {
    from: new Date(Math.min(deviceNow.getTime() - DAY, ...starts.map((start) => start - 60_000))),
    whole: false,
  };
}

/** Newest first, each session once, the fresh answer winning over what was known. */
export function mergeSessions(
  known: readonly Session[],
  fresh: readonly Session[],
  { from, whole }: SessionsQuestion,
): readonly Session[] {
  const ids = new Set(fresh.map((session) => session.id));
  const kept =
    whole || from === null
      ? []
      : known.filter((session) => !ids.has(session.id) && startOf(session) < from.getTime());
  return newestFirst([...fresh, ...kept]);
}

/** The targets' own order is not by time (seen in the vendor's printed list). */
export function newestFirst(sessions: readonly Session[]): readonly Session[] {
  return sessions.toSorted((a, b) => startOf(b) - startOf(a));
}

const startOf = (session: Session): number =>
  session.startedAt === null ? 0 : Date.parse(session.startedAt);
