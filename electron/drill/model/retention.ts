import type { StampSession, StampState } from "./stampState.ts";

const day = 86_400_000;
/** For so long an ended grant is listed with -IncludeExpired (the Hub article). */
export const expiredGrantsListedFor = 30 * day;
/** For so long after its end a transcript is kept (the Hub article). */
export const transcriptsKeptFor = 90 * day;
/** How long the practice stamp remembers at all. Published for no product; it keeps the state small. */
const rememberedFor = 365 * day;

/** The state without what is older than a year. */
export function forgetOld(state: StampState): StampState {
  const oldest = state.asOf - rememberedFor;
  const grants = state.grants.filter((grant) => (grant.ended?.at ?? state.asOf) >= oldest);
  const sessions = state.sessions.filter((session) => (session.ended?.at ?? state.asOf) >= oldest);
  return {
    ...state,
    grants: grants.length === state.grants.length ? state.grants : grants,
    sessions: sessions.length === state.sessions.length ? state.sessions : sessions,
  };
}

/** True while the device still has the transcript of that session. */
export function hasTranscript(session: StampSession, now: number): boolean {
  return session.ended === null || now - session.ended.at <= transcriptsKeptFor;
}
