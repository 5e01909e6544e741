import { ConsoleError, type Grant, type Target } from "#contract";
import type { Clock } from "../ports.ts";
import type { Reach } from "../targets/reach.ts";
import { withDeadline } from "../withDeadline.ts";
import type { OtherView, TargetReading } from "./doorOf.ts";
import { readingMayTake } from "./intervals.ts";
import { mergeSessions, sessionsQuestion } from "./mergeSessions.ts";

export type WholeReading = { readonly reading: TargetReading; readonly wholeReadAt: number };

/** Grants and sessions from the first endpoint that answers; of the others, if `crossCheck`, whether they agree. */
export async function readTarget(
  world: {
    readonly clock: Clock;
    readonly reach: Reach;
    readonly withRecords: (targetId: string, grants: readonly Grant[]) => Promise<readonly Grant[]>;
  },
  target: Target,
  known: { readonly reading: TargetReading | null; readonly wholeReadAt: number | null },
  crossCheck: boolean,
  signal: AbortSignal,
): Promise<WholeReading> {
  const { clock, reach } = world;
  const late = (): ConsoleError =>
    new ConsoleError(
      "timedOut",
      `${target.name} did not answer a reading in time. It is tried again by itself.`,
    );
  return withDeadline(clock, readingMayTake, late, signal, async (limited) => {
    const { endpoint, value } = await reach.first(target, limited, async (runspace, inner) => {
      const question = sessionsQuestion(known.reading, known.wholeReadAt, runspace.address.name, clock.now());
      const grants = await runspace.readAccess({ includeExpired: true }, inner);
      const fresh = await runspace.readSessions({ from: question.from, sessionId: null }, inner);
      const sessions = mergeSessions(known.reading?.sessions ?? [], fresh, question);
      return { grants, sessions, whole: question.whole, readAt: clock.now() };
    });
    const grants = await world.withRecords(target.id, value.grants);
    const others = crossCheck
      ? await otherViews(reach, target, endpoint, limited)
      : (known.reading?.others ?? []).filter((other) => other.endpoint !== endpoint);
    const { sessions, readAt } = value;
    return {
      reading: { endpoint, readAt: readAt.toISOString(), grants, sessions, others },
      wholeReadAt: value.whole ? readAt.getTime() : (known.wholeReadAt ?? readAt.getTime()),
    };
  });
}

/** An endpoint that does not answer says nothing either way. */
async function otherViews(
  reach: Reach,
  target: Target,
  main: string,
  signal: AbortSignal,
): Promise<readonly OtherView[]> {
  const views: OtherView[] = [];
  for (const endpoint of target.endpoints.filter((each) => each.name !== main)) {
    try {
      const grants = await reach.one(target, endpoint, signal, (runspace, inner) =>
        runspace.readAccess({ includeExpired: false }, inner),
      );
      views.push({ endpoint: endpoint.name, active: grants.some((grant) => grant.active) });
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof ConsoleError && cause.code === "signInRefused") throw cause;
    }
  }
  return views;
}
