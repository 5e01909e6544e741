import { ConsoleError, type Endpoint, type EndpointReading, type Session } from "#contract";
import { momentOf } from "../doors/age.ts";
import { readingOf } from "../doors/endpointView.ts";
import { readProof } from "../doors/readView.ts";
import { failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { countWords } from "./countWords.ts";
import type { Revoking } from "./revoking.ts";

const oneMayTake = 15_000;

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
  const { name } = endpoint;
  const watcher = world.watcher(revoking.target.id);
  const late = (): ConsoleError =>
    new ConsoleError("timedOut", `${name} did not answer the reading in time.`, { remedy: "retry" });
  try {
    const good = await withDeadline(clock, oneMayTake, late, signal, (limited) =>
      world.reach.one(revoking.target, endpoint, limited, (runspace, inner) =>
        readProof(clock, runspace, watcher.lastAnswer(name), inner),
      ),
    );
    watcher.take(name, good);
    noteSessions(revoking, name, good.sessions);
    return readingOf(
      { endpoint: name, good, failure: null, isOutdated: false },
      momentOf(clock),
      good.at.monotonic,
    );
  } catch (cause) {
    const failure = failureOf(cause);
    return {
      endpoint: name,
      readAt: null,
      activeGrants: null,
      liveSessions: null,
      notUnderstood: [],
      failure,
    };
  }
}

/** Tells the end of a session once, when it was seen running since the revoke began (or ended after its start). */
function noteSessions(revoking: Revoking, endpoint: string, sessions: readonly Session[]): void {
  for (const { id, running, endedAt } of sessions) {
    const before = revoking.sessions.get(id);
    if (running && before === undefined) revoking.sessions.set(id, "running");
    if (running || before !== "running") continue;
    revoking.sessions.set(id, "ended");
    const when = endedAt === null ? "" : ` at ${endedAt}`;
    revoking.facts.add("sessionEnded", endpoint, `${endpoint} shows session ${id} ended${when}.`);
  }
}

function wordsFor(reading: EndpointReading): string {
  if (reading.failure !== null) return reading.failure.sentence;
  const { endpoint, activeGrants, liveSessions: live, notUnderstood } = reading;
  const shown = `${endpoint} shows ${countWords(activeGrants, "active grant")} and ${countWords(live, "running session")}.`;
  if (notUnderstood.length === 0) return shown;
  return `${shown} It also printed what is not understood, so this proves nothing: “${notUnderstood.join(" | ").slice(0, 400)}”.`;
}
