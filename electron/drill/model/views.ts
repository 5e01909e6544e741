import type { StampSwitches } from "../stampSwitches.ts";
import { expiredGrantsListedFor } from "./retention.ts";
import type { Instance, Instant, StampGrant, StampSession, StampState } from "./stampState.ts";

/** What one instance shows of the state. */
export type View = {
  readonly instance: Instance;
  readonly scope: StampSwitches["scope"];
};

/** Instances that disagree learn of a change that much later than the one that was asked. */
export const disagreementMilliseconds = 20_000;

/** Grants in force and, when asked for, those that ended in the last 30 days; newest first. */
export function listedGrants(state: StampState, view: View, includeExpired: boolean): readonly StampGrant[] {
  const asOf = (grant: StampGrant): Instant => seenAsOf(state.asOf, grant.instance, view);
  return state.grants
    .filter((grant) => view.scope !== "perInstance" || grant.instance === view.instance)
    .filter((grant) => grant.createdAt <= asOf(grant))
    .map((grant) => asItWas(grant, asOf(grant)))
    .filter((grant) => isListed(grant, state.asOf, includeExpired))
    .toReversed();
}

/** Sessions that began at `from` or later, or still run; in the order the device keeps them, which is not by time. */
export function listedSessions(state: StampState, view: View, from: Instant): readonly StampSession[] {
  return state.sessions
    .filter((session) => view.scope !== "perInstance" || session.instance === view.instance)
    .filter((session) => session.startedAt >= from || session.ended === null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function seenAsOf(now: Instant, askedOf: Instance, view: View): Instant {
  return view.scope === "disagreeForAWhile" && askedOf !== view.instance
    ? now - disagreementMilliseconds
    : now;
}

function asItWas(grant: StampGrant, at: Instant): StampGrant {
  return grant.ended !== null && grant.ended.because === "revoked" && grant.ended.at > at
    ? { ...grant, ended: null }
    : grant;
}

function isListed(grant: StampGrant, now: Instant, includeExpired: boolean): boolean {
  if (grant.ended === null) return true;
  return includeExpired && now - grant.ended.at <= expiredGrantsListedFor;
}
