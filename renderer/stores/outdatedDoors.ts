import type { Door, EndpointReading, LastKnown, TargetOverview } from "#contract";

/** How long an answer stands: two refresh intervals of a closed door (ms). */
const answerIsGoodFor = 60_000;

export type OutdatedDoors = {
  /** The same list where nothing became outdated. */
  readonly overviews: readonly TargetOverview[];
  /** When the next door becomes unknown (ms); null when none is left to. */
  readonly nextAt: number | null;
};

/**
 * The doors as a page may still show them, whether or not it hears from the console: an answer that is too old proves
 * nothing, and nothing is ever shown as closed on it. `now` is the console's time, by which answers are dated. A revoke
 * that was asked for stays what it was.
 */
export function outdatedDoors(overviews: readonly TargetOverview[], now: number): OutdatedDoors {
  let nextAt: number | null = null;
  let isChanged = false;
  const aged = overviews.map((overview): TargetOverview => {
    const { door } = overview;
    if (door.state !== "closed" && door.state !== "open" && door.state !== "inside") return overview;
    const until = door.answeredAt === null ? now : Date.parse(door.answeredAt) + answerIsGoodFor;
    if (now >= until) {
      isChanged = true;
      return { ...overview, door: outdated(door) };
    }
    nextAt = Math.min(nextAt ?? until, until);
    return overview;
  });
  return { overviews: isChanged ? aged : overviews, nextAt };
}

function outdated(door: Door): Door {
  return {
    ...door,
    state: "unknown",
    lastKnown: door.lastKnown ?? lastRead(door),
    endpoints: door.endpoints.map(tooOld),
  };
}

/** A grant that was read in force is what was last known. */
function lastRead({ grant, answeredAt }: Door): LastKnown | null {
  if (grant?.active !== true || answeredAt === null) return null;
  const operator = grant.record?.operator ?? null;
  return { operator, at: answeredAt, until: grant.expiresAt, certain: true };
}

function tooOld(reading: EndpointReading): EndpointReading {
  if (reading.failure !== null) return reading;
  const sentence = "What was read there last is too old to prove anything.";
  return {
    ...reading,
    activeGrants: null,
    liveSessions: null,
    failure: { code: "notConfirmed", sentence, remedy: "retry" },
  };
}
