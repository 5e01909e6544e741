import type { Session } from "#contract";
import { liveSessions, type TargetReading } from "./doorOf.ts";

const DAY = 24 * 60 * 60_000;

/** Transcripts, and so sessions worth listing, are kept 90 days (published). */
export const historyLasts = 90 * DAY;

/** The whole history is read again this often; between, only what can have changed. */
const wholeHistoryEvery = 10 * 60_000;

/** What the next reading of sessions starts from, and whether it replaces what is known. */
export type SessionsQuestion = { readonly from: Date; readonly whole: boolean };

/** Ask for a day and for the start of every running session; for all 90 days now and then, and of another endpoint. */
export function sessionsQuestion(
  known: TargetReading | null,
  wholeReadAt: number | null,
  endpoint: string,
  now: Date,
): SessionsQuestion {
  const whole = { from: new Date(now.getTime() - historyLasts), whole: true };
  if (known === null || wholeReadAt === null || known.endpoint !== endpoint) return whole;
  if (now.getTime() - wholeReadAt >= wholeHistoryEvery) return whole;
  const starts = liveSessions(known.sessions, now).map((session) => Date.parse(session.startedAt ?? "") || 0);
  return {
    from: new Date(Math.min(now.getTime() - DAY, ...starts.map((start) => start - 60_000))),
    whole: false,
  };
}

/** Newest first, each session once, the fresh answer winning over what was known. */
export function mergeSessions(
  known: readonly Session[],
  fresh: readonly Session[],
  question: SessionsQuestion,
): readonly Session[] {
  const ids = new Set(fresh.map((session) => session.id));
  const kept = question.whole
    ? []
    : known.filter((session) => !ids.has(session.id) && startOf(session) < question.from.getTime());
  return newestFirst([...fresh, ...kept]);
}

/** The targets' own order is not by time (seen in the vendor's printed list). */
export function newestFirst(sessions: readonly Session[]): readonly Session[] {
  return sessions.toSorted((a, b) => startOf(b) - startOf(a));
}

const startOf = (session: Session): number =>
  session.startedAt === null ? 0 : Date.parse(session.startedAt);
