import type { EndpointReading, Failure, Grant, Session } from "#contract";
import type { NotUnderstood } from "../ports.ts";
import { ageOf, type Moment } from "./age.ts";
import { readingIsGoodFor } from "./intervals.ts";

/** What one endpoint of a target showed when it last answered. */
export type GoodView = {
  readonly at: Moment;
  readonly readAt: string;
  /** What it lists without its past: each of them may be in force. */
  readonly listed: readonly Grant[];
  /** Grants that were over by then, as far as it still lists them. */
  readonly past: readonly Grant[];
  readonly sessions: readonly Session[];
  /** Of all its lists. */
  readonly notUnderstood: NotUnderstood;
  /** Of the list with its past, which is not read each time. */
  readonly pastNotUnderstood: NotUnderstood;
  /** When the whole of its past was read; null: it changed since. */
  readonly wholeAt: Moment | null;
  /** How far its clock is ahead of ours (milliseconds); null when it was not measured. */
  readonly aheadMs: number | null;
};

/** One endpoint of a target: its last answer, and why there is no newer one. */
export type EndpointView = {
  readonly endpoint: string;
  readonly good: GoodView | null;
  readonly failure: Failure | null;
  /** Something was done to the target after this answer. */
  readonly isOutdated: boolean;
};

/** Active grants and running sessions of an answer. */
export const activeIn = ({ listed }: GoodView): readonly Grant[] => listed.filter((grant) => grant.active);
export const runningIn = ({ sessions }: GoodView): readonly Session[] =>
  sessions.filter((session) => session.running);

/** True while an answer of that moment may still prove something. */
export function isFresh(at: Moment, now: Moment): boolean {
  const age = ageOf(at, now);
  return age !== null && age <= readingIsGoodFor;
}

/** The view as it may be told: an answer that is too old, or from before the target was last acted on, is none. */
export function readingOf(view: EndpointView, now: Moment, voidBefore: number): EndpointReading {
  const { endpoint, good, failure, isOutdated } = view;
  if (good === null || isOutdated || !isFresh(good.at, now) || good.at.monotonic < voidBefore)
    return {
      endpoint,
      readAt: good?.readAt ?? null,
      activeGrants: null,
      liveSessions: null,
      notUnderstood: [],
      failure: failure ?? (good === null ? notReadYet(endpoint) : readTooLongAgo(endpoint, good.readAt)),
    };
  return {
    endpoint,
    readAt: good.readAt,
    activeGrants: activeIn(good).length,
    liveSessions: runningIn(good).length,
    notUnderstood: [...good.notUnderstood],
    failure: null,
  };
}

/** An endpoint that nobody asked so far. */
export const notReadYet = (endpoint: string): Failure => ({
  code: "notConfirmed",
  sentence: `${endpoint} has not been read yet.`,
  remedy: "retry",
});

const readTooLongAgo = (endpoint: string, readAt: string): Failure => ({
  code: "notConfirmed",
  sentence: `${endpoint} was last read at ${readAt}, which is too long ago, or before something was done to the target.`,
  remedy: "retry",
});
