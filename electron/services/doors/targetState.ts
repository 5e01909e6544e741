import type { Door, Failure, LastKnown } from "#contract";
import { holdersBy, lastKnownBy, type KnownAct } from "../ledger/knownActs.ts";
import type { Clock } from "../ports.ts";
import { joinGrants, joinSessions } from "../record/joinActs.ts";
import type { Registry } from "../targets/registry.ts";
import { momentOf } from "./age.ts";
import { doorOf, settlesRevoke, type DoorView, type RevokeMark, type TargetReading } from "./doorOf.ts";
import { readingOf, type EndpointView, type GoodView } from "./endpointView.ts";
import { mergeGrants, mergeRuns } from "./mergeViews.ts";
import { observeScope } from "./observeScope.ts";
import { createViews, type KeptViews } from "./readTarget.ts";

export type StateWorld = {
  readonly clock: Clock;
  readonly registry: Registry;
  /** Null where the ledger cannot be read: a reading of the target is worth more than our notes on it. */
  readonly actsOn: (targetId: string) => Promise<readonly KnownAct[] | null>;
  /** Whether a grant was asked for just now and is not yet read back. */
  readonly isOpening: (targetId: string) => boolean;
  /** Told of every reading, with the grants and sessions joined to their acts. */
  readonly onReading: (targetId: string, reading: TargetReading) => Promise<void>;
};

/** All that is known of one target: the answers of its endpoints, the acts of the ledger, where its revoke stands. */
export type TargetState = {
  readonly views: KeptViews;
  /** Where our last revoke of it stands. */
  revoke: RevokeMark;
  /** What stands in the way of a newer reading. */
  trouble: Failure | null;
  /** The door as of now: an old reading turns to unknown by itself. */
  readonly door: () => Door;
  readonly reading: () => TargetReading | null;
  readonly acts: () => readonly KnownAct[];
  /** The ledger has something new of the target. Never rejects. */
  readonly learn: () => Promise<void>;
  /** This endpoint answered, first of all. */
  readonly answered: (endpoint: string, good: GoodView | null) => void;
  /** What was read so far proves nothing any more. */
  outdate(): void;
  /** A reading is complete: what it shows of the endpoints, of a revoke and of acts is drawn from it. */
  conclude(): Promise<void>;
};

/** Nothing is known yet. */
export function createTargetState(targetId: string, world: StateWorld): TargetState {
  const { clock, registry } = world;
  const views = createViews(clock);
  let first: string | null = null;
  let known: Known = { acts: [], holders: [], lastKnown: null };
  let voidBefore = Number.NEGATIVE_INFINITY;
  /** The lists of all endpoints put together; they change with an answer, and are asked for at every ring. */
  let lists: Lists | null = null;

  const reading = (): TargetReading | null => {
    const target = registry.known(targetId);
    const main = first === null ? null : views.of(first);
    if (target === null || first === null || main === null) return null;
    const all = views.all(target);
    lists ??= listsOf(all, known.acts);
    const now = momentOf(clock);
    return {
      endpoint: first,
      askedAt: main.at,
      at: main.at,
      readAt: main.readAt,
      ...lists,
      endpoints: all.map((one) => readingOf(one, now, voidBefore)),
      aheadMs: main.aheadMs,
    };
  };
  const view = (): DoorView => ({
    reading: reading(),
    revoke: state.revoke,
    isOpening: world.isOpening(targetId),
    scope: registry.known(targetId)?.scope ?? null,
    holders: known.holders,
    lastKnown: known.lastKnown,
    trouble: state.trouble,
  });
  const learn = async (): Promise<void> => {
    const acts = await world.actsOn(targetId);
    if (acts === null) return;
    known = { acts, holders: holdersBy(acts), lastKnown: lastKnownBy(acts) };
    lists = null;
  };
  const conclude = async (): Promise<void> => {
    await learn();
    const target = registry.known(targetId);
    const now = view();
    if (target === null || now.reading === null) return;
    const seen = observeScope(views.all(target), known.acts, clock.now().getTime());
    if (seen !== null) registry.observed(targetId, seen, clock.now().toISOString());
    const { revoke } = state;
    if (revoke.state === "notConfirmed" && settlesRevoke(now, revoke.since)) state.revoke = { state: "none" };
    await world.onReading(targetId, now.reading);
  };
  const state: TargetState = {
    views,
    revoke: { state: "none" },
    trouble: null,
    door: () => doorOf(view(), momentOf(clock)),
    reading,
    acts: () => known.acts,
    learn,
    answered: (endpoint, good) => {
      if (good !== null) views.answered(endpoint, good);
      first = endpoint;
      lists = null;
    },
    outdate: () => {
      voidBefore = clock.monotonic();
    },
    conclude,
  };
  return state;
}

type Known = {
  readonly acts: readonly KnownAct[];
  readonly holders: readonly string[];
  readonly lastKnown: LastKnown | null;
};
type Lists = Pick<TargetReading, "grants" | "sessions">;

function listsOf(views: readonly EndpointView[], acts: readonly KnownAct[]): Lists {
  const goods = views.flatMap(({ good }) => (good === null ? [] : [good]));
  const grants = joinGrants(mergeGrants(goods), acts);
  return { grants, sessions: joinSessions(mergeRuns(goods), grants) };
}
