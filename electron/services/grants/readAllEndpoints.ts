import { ConsoleError, grantMinutes, type Endpoint, type EndpointReading, type Session } from "#contract";
import { liveSessions } from "../doors/doorOf.ts";
import { failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { countWords } from "./countWords.ts";
import type { Revoking } from "./revoking.ts";

const oneMayTake = 15_000;

/** No session under any grant can have begun earlier. */
const longestGrant = (grantMinutes.most + 60) * 60_000;

/**
 * One round: access and sessions of every endpoint at once. Never throws. What changed since the last round, and each
 * session whose end appeared, becomes a fact.
 */
export async function readAllEndpoints(
  world: World,
  revoking: Revoking,
  signal: AbortSignal,
): Promise<readonly EndpointReading[]> {
  const before = new Map(revoking.readings.map((reading) => [reading.endpoint, wordsFor(reading)]));
  const readings = await Promise.all(
    revoking.target.endpoints.map((endpoint) => readOne(world, revoking, endpoint, signal)),
  );
  for (const reading of readings)
    if (before.get(reading.endpoint) !== wordsFor(reading))
      revoking.facts.add(
        reading.failure === null ? "readBack" : "failed",
        reading.endpoint,
        wordsFor(reading),
      );
  return readings;
}

async function readOne(
  world: World,
  revoking: Revoking,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<EndpointReading> {
  const { clock } = world.ports;
  const late = (): ConsoleError =>
    new ConsoleError("timedOut", `${endpoint.name} did not answer the reading in time.`, { remedy: "retry" });
  try {
    const { grants, sessions } = await withDeadline(clock, oneMayTake, late, signal, (limited) =>
      world.reach.one(revoking.target, endpoint, limited, async (runspace, inner) => ({
        grants: await runspace.readAccess({ includeExpired: false }, inner),
        sessions: await runspace.readSessions(
          { from: new Date(clock.now().getTime() - longestGrant), sessionId: null },
          inner,
        ),
      })),
    );
    noteSessions(revoking, endpoint.name, sessions, clock.now());
    return {
      endpoint: endpoint.name,
      readAt: clock.now().toISOString(),
      activeGrants: grants.filter((grant) => grant.active).length,
      liveSessions: liveSessions(sessions, clock.now()).length,
      failure: null,
    };
  } catch (cause) {
    const failure = failureOf(cause);
    return { endpoint: endpoint.name, readAt: null, activeGrants: null, liveSessions: null, failure };
  }
}

/** Tells the end of a session once, when it was seen running since the revoke began (or ended after its start). */
function noteSessions(revoking: Revoking, endpoint: string, sessions: readonly Session[], now: Date): void {
  for (const session of liveSessions(sessions, now))
    if (!revoking.sessions.has(session.id)) revoking.sessions.set(session.id, "running");
  for (const { id, endedAt } of sessions) {
    if (endedAt === null || revoking.sessions.get(id) !== "running") continue;
    revoking.sessions.set(id, "ended");
    revoking.facts.add("sessionEnded", endpoint, `${endpoint} shows session ${id} ended at ${endedAt}.`);
  }
}

function wordsFor(reading: EndpointReading): string {
  if (reading.failure !== null) return reading.failure.sentence;
  const { endpoint, activeGrants, liveSessions: live } = reading;
  return `${endpoint} shows ${countWords(activeGrants, "active grant")} and ${countWords(live, "running session")}.`;
}
