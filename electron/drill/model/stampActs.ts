import { draw } from "./draw.ts";
import { nextHappening } from "./happenings.ts";
import type { Random } from "./random.ts";
import { forgetOld } from "./retention.ts";
import type { StampRules } from "./stampRules.ts";
import type { Instance, Instant, Level, StampGrant, StampSession, StampState } from "./stampState.ts";

export type EnableRequest = {
  readonly level: Level;
  /** Whole minutes; the command has checked the range. */
  readonly minutes: number;
  readonly account: string;
  readonly instance: Instance;
};

export type EnableResult =
  | { readonly kind: "enabled"; readonly state: StampState; readonly grant: StampGrant }
  /** A grant is in force, and the switch says that it may not be changed. */
  | { readonly kind: "refused" };

const minute = 60_000;
/** How long a session goes on after a revoke under `revokeEndsSessions: "later"`. */
export const lingeringMilliseconds = 30_000;

/** Works out everything that happens from `state.asOf` to `to`; an earlier `to` changes nothing. */
export function advance(state: StampState, to: Instant, rules: StampRules): StampState {
  let current = state;
  for (;;) {
    const happening = nextHappening(current, to, rules);
    if (happening === null) break;
    current = happening;
  }
  return to > current.asOf ? forgetOld({ ...current, asOf: to }) : current;
}

/** Opens the door as of `state.asOf`, or changes the grant that holds it open. */
export function enable(state: StampState, request: EnableRequest, rules: StampRules): EnableResult {
  const over = grantToChange(state, request.instance, rules);
  if (over !== null && rules.switches.enableOverGrant === "refuse") return { kind: "refused" };
  const drawn = draw(state, "enable");
  const grant =
    over === null ? freshGrant(drawn.state, request, drawn.random) : changed(over, state, request);
  const grants =
    over === null ? [...state.grants, grant] : state.grants.map((one) => (one === over ? grant : one));
  const sessions = state.sessions.map((session) => withoutTheHigherLevel(session, grant, state.asOf));
  return {
    kind: "enabled",
    grant,
    state: planned({ ...drawn.state, grants, sessions }, drawn.random, rules),
  };
}

/** Ends the grants that the instance knows as in force, and (by the switch) the sessions under them. */
export function disable(
  state: StampState,
  instance: Instance,
  rules: StampRules,
): { readonly state: StampState; readonly endedGrants: number } {
  const ended = state.grants.filter((grant) => grant.ended === null && isInScope(grant, instance, rules));
  if (ended.length === 0) return { state, endedGrants: 0 };
  const grants = state.grants.map((grant) =>
    ended.includes(grant) ? revoked(grant, state.asOf, rules) : grant,
  );
  const anyInForce = grants.some((grant) => grant.ended === null);
  const engineer = anyInForce ? state.engineer : { nextVisitAt: null, visitsLeft: 0 };
  // Sessions whose time is up by the revoke end in the same instant, through the same path as all others.
  return { state: advance({ ...state, grants, engineer }, state.asOf, rules), endedGrants: ended.length };
}

function isInScope(grant: StampGrant, instance: Instance, rules: StampRules): boolean {
  return rules.switches.scope !== "perInstance" || grant.instance === instance;
}

function grantToChange(state: StampState, instance: Instance, rules: StampRules): StampGrant | null {
  if (rules.switches.enableOverGrant === "newRow") return null;
  return state.grants.findLast((grant) => grant.ended === null && isInScope(grant, instance, rules)) ?? null;
}

function freshGrant(state: StampState, request: EnableRequest, random: Random): StampGrant {
  const expiresAt = state.asOf + request.minutes * minute;
  return {
    id: random.guid(),
    level: request.level,
    account: request.account,
    instance: request.instance,
    createdAt: state.asOf,
    updatedAt: state.asOf,
    expiresAt,
    ended: null,
    sessionsEndBy: expiresAt,
  };
}

function changed(grant: StampGrant, state: StampState, request: EnableRequest): StampGrant {
  const expiresAt = state.asOf + request.minutes * minute;
  return { ...grant, level: request.level, updatedAt: state.asOf, expiresAt, sessionsEndBy: expiresAt };
}

function revoked(grant: StampGrant, at: Instant, rules: StampRules): StampGrant {
  const lingering = {
    atOnce: at,
    later: Math.min(grant.sessionsEndBy, at + lingeringMilliseconds),
    never: grant.sessionsEndBy,
  }[rules.switches.revokeEndsSessions];
  return { ...grant, ended: { at, because: "revoked" }, sessionsEndBy: lingering };
}

/** Nobody goes on with repair under a grant that was lowered to diagnostics. */
function withoutTheHigherLevel(session: StampSession, grant: StampGrant, at: Instant): StampSession {
  const isAbove = session.level === "DiagnosticsRepair" && grant.level === "Diagnostics";
  const lives = session.ended === null && session.grantId === grant.id;
  return lives && isAbove ? { ...session, ended: { at, because: "revoked" } } : session;
}

/** The engineer hears of the open door: he comes some ten minutes later, and means to come once to three times. */
function planned(state: StampState, random: Random, rules: StampRules): StampState {
  if (rules.switches.engineer === "nobody") return state;
  const visitsLeft = Math.max(state.engineer.visitsLeft, random.between(1, 3));
  const isInside = state.sessions.some((session) => session.ended === null);
  const arrival = Math.round(state.asOf + (random.between(540, 660) * 1_000) / rules.speed);
  const nextVisitAt = isInside ? null : (state.engineer.nextVisitAt ?? arrival);
  return { ...state, engineer: { nextVisitAt, visitsLeft } };
}
