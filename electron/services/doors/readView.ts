import { grantMinutes, type Grant } from "#contract";
import type { Clock, NotUnderstood, Runspace } from "../ports.ts";
import { momentOf } from "./age.ts";
import type { GoodView } from "./endpointView.ts";
import { mergeSessions, sessionsQuestion } from "./mergeSessions.ts";

/** No session under any grant can have begun earlier, by the device's clock. */
const longestGrant = (grantMinutes.most + 60) * 60_000;

/**
 * One answer of one endpoint, for the door and its history: what it lists, what it has listed, its sessions. `known` is
 * its answer before: of the past, only what can have changed is asked for again.
 */
export async function readView(
  clock: Clock,
  runspace: Runspace,
  known: GoodView | null,
  signal: AbortSignal,
): Promise<GoodView> {
  const at = momentOf(clock);
  const question = sessionsQuestion(known, at, deviceNow(clock, runspace));
  const access = await readGrants(runspace, question.whole ? null : known, signal);
  const fresh = await runspace.readSessions({ from: question.from, sessionId: null }, signal);
  return {
    at,
    readAt: clock.now().toISOString(),
    listed: access.listed,
    past: access.past,
    sessions: mergeSessions(known?.sessions ?? [], fresh.sessions, question),
    notUnderstood: [...access.notUnderstood, ...access.pastNotUnderstood, ...fresh.notUnderstood],
    pastNotUnderstood: access.pastNotUnderstood,
    wholeAt: question.whole ? at : (known?.wholeAt ?? at),
    aheadMs: runspace.clockAheadMs,
  };
}

/** What a proof needs and no more: the grants in force, and every session that can be running. */
export async function readProof(
  clock: Clock,
  runspace: Runspace,
  known: GoodView | null,
  signal: AbortSignal,
): Promise<GoodView> {
  const at = momentOf(clock);
  const now = deviceNow(clock, runspace);
  const from = now === null ? null : new Date(now.getTime() - longestGrant);
  const access = await runspace.readAccess({ includeExpired: false }, signal);
  const history = await runspace.readSessions({ from, sessionId: null }, signal);
  const seen = new Set(history.sessions.map(({ id }) => id));
  return {
    at,
    readAt: clock.now().toISOString(),
    listed: access.grants,
    past: overSince(known, access.grants),
    sessions: [
      ...history.sessions,
      ...(known?.sessions ?? []).filter(({ id, running }) => !running && !seen.has(id)),
    ],
    notUnderstood: [...access.notUnderstood, ...history.notUnderstood],
    pastNotUnderstood: known?.pastNotUnderstood ?? [],
    // What ended just now is in no list that was read whole.
    wholeAt: null,
    aheadMs: runspace.clockAheadMs,
  };
}

/** The device's own time, or null where its clock was not measured: ours is not taken for it. */
function deviceNow(clock: Clock, { clockAheadMs }: Runspace): Date | null {
  return clockAheadMs === null ? null : new Date(clock.now().getTime() + clockAheadMs);
}

type Grants = {
  readonly listed: readonly Grant[];
  readonly past: readonly Grant[];
  readonly notUnderstood: NotUnderstood;
  readonly pastNotUnderstood: NotUnderstood;
};

/**
 * The list with the past is read before the one without: a grant that is made between the two is then among those in
 * force, and never taken for one that is over.
 */
async function readGrants(runspace: Runspace, known: GoodView | null, signal: AbortSignal): Promise<Grants> {
  if (known !== null) {
    const access = await runspace.readAccess({ includeExpired: false }, signal);
    if (sameGrants(access.grants, known.listed))
      return {
        listed: access.grants,
        past: known.past,
        notUnderstood: access.notUnderstood,
        pastNotUnderstood: known.pastNotUnderstood,
      };
  }
  const whole = await runspace.readAccess({ includeExpired: true }, signal);
  const access = await runspace.readAccess({ includeExpired: false }, signal);
  return {
    listed: access.grants,
    past: over(whole.grants, access.grants),
    notUnderstood: access.notUnderstood,
    pastNotUnderstood: whole.notUnderstood,
  };
}

/** What an endpoint lists only together with its past is over, whatever its state is called. */
function over(all: readonly Grant[], listed: readonly Grant[]): readonly Grant[] {
  const inForce = new Set(listed.map(({ key }) => key));
  return all.filter(({ key }) => !inForce.has(key)).map((grant) => ({ ...grant, active: false }));
}

const overSince = (known: GoodView | null, listed: readonly Grant[]): readonly Grant[] =>
  known === null ? [] : over([...known.listed, ...known.past], listed);

const sameGrants = (one: readonly Grant[], other: readonly Grant[]): boolean =>
  one.length === other.length && one.every((grant, index) => identity(grant) === identity(other[index]));

const identity = (grant: Grant | undefined): string =>
  grant === undefined
    ? ""
    : JSON.stringify([grant.key, grant.state, grant.levelAsPrinted, grant.updatedAt, grant.expiresAt]);
