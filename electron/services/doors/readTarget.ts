import { ConsoleError, type Endpoint, type Grant, type Target } from "#contract";
import { codeOf } from "../failureOf.ts";
import type { Clock } from "../ports.ts";
import type { Reach } from "../targets/reach.ts";
import { withDeadline } from "../withDeadline.ts";
import { activeGrant, type OtherView, type TargetReading } from "./doorOf.ts";
import { otherViewMayTake, readingMayTake } from "./intervals.ts";
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
    const others = mustAsk(known.reading, endpoint, grants, crossCheck)
      ? await otherViews(clock, reach, target, endpoint, limited)
      : (known.reading?.others ?? []);
    const { sessions, readAt } = value;
    return {
      reading: { endpoint, readAt: readAt.toISOString(), grants, sessions, others },
      wholeReadAt: value.whole ? readAt.getTime() : (known.wholeReadAt ?? readAt.getTime()),
    };
  });
}

/** What the others said before this reading changed its mind, or was another endpoint's, says nothing about it. */
function mustAsk(
  known: TargetReading | null,
  endpoint: string,
  grants: readonly Grant[],
  crossCheck: boolean,
): boolean {
  if (crossCheck || known === null || known.endpoint !== endpoint) return true;
  return (activeGrant(known.grants) === null) !== (activeGrant(grants) === null);
}

/** An endpoint that does not answer, or not soon, says nothing either way. */
async function otherViews(
  clock: Clock,
  reach: Reach,
  target: Target,
  main: string,
  signal: AbortSignal,
): Promise<readonly OtherView[]> {
  const ask = async (endpoint: Endpoint): Promise<readonly OtherView[]> => {
    const late = (): ConsoleError => new ConsoleError("timedOut", `${endpoint.name} did not answer soon.`);
    try {
      const grants = await withDeadline(clock, otherViewMayTake, late, signal, (limited) =>
        reach.one(target, endpoint, limited, (runspace, inner) =>
          runspace.readAccess({ includeExpired: false }, inner),
        ),
      );
      return [{ endpoint: endpoint.name, active: grants.some((grant) => grant.active) }];
    } catch (cause) {
      signal.throwIfAborted();
      // A refused password must not be tried again, and an alarm must be heard.
      if (codeOf(cause) === "signInRefused" || codeOf(cause) === "untrusted") throw cause;
      return [];
    }
  };
  const others = target.endpoints.filter((each) => each.name !== main);
  return (await Promise.all(others.map(ask))).flat();
}
