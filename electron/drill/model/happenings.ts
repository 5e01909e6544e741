import { draw } from "./draw.ts";
import type { StampRules } from "./stampRules.ts";
import type { Instance, Instant, Manner, StampGrant, StampSession, StampState } from "./stampState.ts";
import { planVisit } from "./visits/planVisit.ts";

const minute = 60_000;

/** The state right after the next thing that happens by itself up to `to`; null when nothing does. */
export function nextHappening(state: StampState, to: Instant, rules: StampRules): StampState | null {
  // At the same instant: first the sessions end, then the grants, and only then does anybody come in.
  const candidates = [sessionEnd(state), grantEnd(state), arrival(state)];
  const due = candidates.filter((candidate) => candidate !== null && candidate.at <= to);
  const first = due.reduce((a, b) => (a === null || (b !== null && b.at < a.at) ? b : a), null);
  if (first === null) return null;
  const at = Math.max(state.asOf, first.at);
  return first.apply({ ...state, asOf: at }, at, rules);
}

type Happening = {
  readonly at: Instant;
  readonly apply: (state: StampState, at: Instant, rules: StampRules) => StampState;
};

function earliest(happenings: readonly Happening[]): Happening | null {
  return happenings.reduce<Happening | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
}

function sessionEnd(state: StampState): Happening | null {
  const live = state.sessions.filter((session) => session.ended === null);
  return earliest(live.map((session) => endOf(session, grantOf(session, state))));
}

function grantOf(session: StampSession, state: StampState): StampGrant | null {
  return state.grants.find((grant) => grant.id === session.grantId) ?? null;
}

function endOf(session: StampSession, grant: StampGrant | null): Happening {
  const endsBy = grant?.sessionsEndBy ?? session.startedAt;
  const leaves = session.leavesAt < endsBy;
  const because = leaves ? "left" : grant?.ended?.because === "revoked" ? "revoked" : "expired";
  return {
    at: Math.min(session.leavesAt, endsBy),
    apply: (state, at, rules) => {
      const sessions = state.sessions.map((one) =>
        one === session ? { ...one, ended: { at, because } as const } : one,
      );
      return planNext({ ...state, sessions }, at, rules);
    },
  };
}

/** After a visit: a break of 20 to 60 minutes, if he means to come again and the door is open. */
function planNext(state: StampState, at: Instant, rules: StampRules): StampState {
  const drawn = draw(state, "break");
  const open = state.grants.some((grant) => grant.ended === null);
  const comesAgain = open && state.engineer.visitsLeft > 0;
  const nextVisitAt = comesAgain
    ? Math.round(at + (drawn.random.between(20, 60) * minute) / rules.speed)
    : null;
  return { ...drawn.state, engineer: { ...state.engineer, nextVisitAt } };
}

function grantEnd(state: StampState): Happening | null {
  const inForce = state.grants.filter((grant) => grant.ended === null);
  return earliest(
    inForce.map((grant) => ({ at: grant.expiresAt, apply: (now, at) => expire(now, grant, at) })),
  );
}

function expire(state: StampState, grant: StampGrant, at: Instant): StampState {
  const grants = state.grants.map((one) =>
    one === grant ? { ...one, ended: { at, because: "expired" } as const } : one,
  );
  const open = grants.some((one) => one.ended === null);
  return { ...state, grants, engineer: open ? state.engineer : { nextVisitAt: null, visitsLeft: 0 } };
}

function arrival(state: StampState): Happening | null {
  const at = state.engineer.nextVisitAt;
  if (at === null) return null;
  return { at, apply: comeIn };
}

function comeIn(state: StampState, at: Instant, rules: StampRules): StampState {
  const grant = state.grants.findLast((one) => one.ended === null);
  if (grant === undefined || rules.switches.engineer === "nobody") {
    return { ...state, engineer: { nextVisitAt: null, visitsLeft: 0 } };
  }
  const { state: drawn, random } = draw(state, "visit");
  const manner: Manner =
    rules.switches.engineer === "mixed"
      ? random.chance(0.25)
        ? "careless"
        : "careful"
      : rules.switches.engineer;
  const seed = random.between(1, 0x7fff_ffff);
  const visit = planVisit({ seed, level: grant.level, manner });
  const session: StampSession = {
    id: random.guid(),
    grantId: grant.id,
    instance: rules.switches.scope === "perInstance" ? grant.instance : (random.between(0, 2) as Instance),
    level: grant.level,
    manner,
    seed,
    pace: rules.speed,
    startedAt: at,
    leavesAt: Math.ceil(at + visit.milliseconds / rules.speed),
    ended: null,
  };
  const engineer = { nextVisitAt: null, visitsLeft: state.engineer.visitsLeft - 1 };
  return { ...drawn, sessions: [...state.sessions, session], engineer };
}
