import type { Door, Failure, Target } from "#contract";
import { failureOf } from "../failureOf.ts";
import { holdersBy, lastKnownBy, type KnownAct } from "../ledger/knownActs.ts";
import type { Clock, Log } from "../ports.ts";
import { joinGrants, joinSessions } from "../record/joinActs.ts";
import type { Bell } from "../streams/bell.ts";
import type { Reach } from "../targets/reach.ts";
import type { Registry } from "../targets/registry.ts";
import { momentOf } from "./age.ts";
import { doorOf, settlesRevoke, type DoorView, type RevokeMark, type TargetReading } from "./doorOf.ts";
import { readingOf, type EndpointView, type GoodView } from "./endpointView.ts";
import { backOff, crossCheckEvery, otherMayRest, refreshAfter } from "./intervals.ts";
import { mergeGrants, mergeRuns } from "./mergeViews.ts";
import { observeScope } from "./observeScope.ts";
import {
  askersPatience,
  createViews,
  doorsPatience,
  readFirst,
  readOthers,
  type Patience,
} from "./readTarget.ts";

export type WatcherWorld = {
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: Reach;
  readonly registry: Registry;
  readonly bell: Bell;
  /** Null where the ledger cannot be read: a reading of the target is worth more than our notes on it. */
  readonly actsOn: (targetId: string) => Promise<readonly KnownAct[] | null>;
  /** Whether a grant was asked for just now and is not yet read back. */
  readonly isOpening: (targetId: string) => boolean;
  /** Told of every reading, with the grants and sessions joined to their acts. */
  readonly onReading: (targetId: string, reading: TargetReading) => Promise<void>;
};

/** Reads one target again and again while anybody looks at it; all streams of the target share it. */
export type Watcher = {
  /** The door as of now: an old reading turns to unknown by itself. */
  door(): Door;
  reading(): TargetReading | null;
  trouble(): Failure | null;
  /** What the ledger has of the target, as far as it is known by now. */
  acts(): readonly KnownAct[];
  /** The ledger has something new of the target. Never rejects. */
  learn(): Promise<void>;
  /** The last answer of an endpoint, whatever its age. */
  lastAnswer(endpoint: string): GoodView | null;
  /** What an act read for itself counts as a reading. */
  take(endpoint: string, good: GoodView): void;
  /** Keeps the watcher reading until the returned function is called. */
  hold(): () => void;
  /** Something is being done to the target: answers from before prove nothing any more, and it is read at once. */
  nudge(): void;
  /** Reads at once, and asks every endpoint. */
  refresh(): void;
  mark(revoke: RevokeMark): void;
  /** The mark in force; another one as soon as a revoke began. */
  revokeMark(): RevokeMark;
  /** Reads once for somebody who does not stay. Fails as reach.first. */
  readNow(signal: AbortSignal): Promise<TargetReading>;
  stop(): void;
};

/** A watcher at rest; it reads only while it is held. */
export function createWatcher(targetId: string, world: WatcherWorld): Watcher {
  const { clock, registry, bell } = world;
  const views = createViews(clock);
  let answered: string | null = null;
  let acts: readonly KnownAct[] = [];
  let revoke: RevokeMark = { state: "none" };
  let trouble: Failure | null = null;
  let failures = 0;
  let voidBefore = Number.NEGATIVE_INFINITY;
  let askedAllAt: number | null = null;
  let pressing = false;
  let alarm = new AbortController();
  let holders = 0;
  let running = new AbortController();
  /** The lists of all endpoints put together; they change with an answer, and are asked for at every ring. */
  let lists: Lists | null = null;

  const reading = (): TargetReading | null => {
    const target = registry.known(targetId);
    const main = answered === null ? null : views.of(answered);
    if (target === null || answered === null || main === null) return null;
    const all = views.all(target);
    lists ??= listsOf(all, acts);
    const now = momentOf(clock);
    return {
      endpoint: answered,
      askedAt: main.at,
      at: main.at,
      readAt: main.readAt,
      ...lists,
      endpoints: all.map((one) => readingOf(one, now, voidBefore)),
      aheadMs: main.aheadMs,
    };
  };
  const learn = async (): Promise<void> => {
    const known = await world.actsOn(targetId);
    if (known === null) return;
    acts = known;
    lists = null;
  };
  const view = (): DoorView => ({
    reading: reading(),
    revoke,
    isOpening: world.isOpening(targetId),
    scope: registry.known(targetId)?.scope ?? null,
    holders: holdersBy(acts),
    lastKnown: lastKnownBy(acts),
    trouble,
  });
  const door = (): Door => doorOf(view(), momentOf(clock));

  const took = async (): Promise<void> => {
    await learn();
    const target = registry.known(targetId);
    const now = view();
    if (target === null || now.reading === null) return;
    const seen = observeScope(views.all(target), acts, clock.now().getTime());
    if (seen !== null) registry.observed(targetId, seen, clock.now().toISOString());
    if (revoke.state === "notConfirmed" && settlesRevoke(now, revoke.since)) revoke = { state: "none" };
    await world.onReading(targetId, now.reading);
  };

  const read = async (patience: Patience, signal: AbortSignal): Promise<void> => {
    const target = registry.find(targetId);
    const began = clock.monotonic();
    const before = door().state;
    answered = await readFirst(world, target, views, patience, signal);
    signal.throwIfAborted();
    const others = othersToAsk(target, answered, began);
    if (others.length > 0) {
      lists = null;
      // What the first answer changed is told at once; else the others are heard first.
      if (door().state !== before) bell.ring(targetId);
      askedAllAt = began;
      await readOthers(world, target, others, views, patience, signal);
      signal.throwIfAborted();
    }
    await took();
  };
  /** Where endpoints do not speak for each other, each is asked every time; one that just failed is left for a while. */
  const othersToAsk = (target: Target, first: string, began: number): Target["endpoints"] => {
    const isShared = target.scope?.grants === "shared";
    const disagrees = door().state === "unknown";
    const isDue = askedAllAt === null || disagrees || began - askedAllAt >= crossCheckEvery;
    if (isShared && !isDue) return [];
    const isLeft = askedAllAt === null ? began : began - otherMayRest;
    return target.endpoints.filter(({ name }) => name !== first && !views.failedSince(name, isLeft));
  };

  /** The rest until the next reading in milliseconds, or null: until somebody signs in. */
  const readOnce = async (signal: AbortSignal): Promise<number | null> => {
    if (registry.credential(targetId) === null) {
      trouble = registry.whySignedOut(targetId) ?? signInNeeded;
      await learn();
      return null;
    }
    try {
      await read(doorsPatience, signal);
      failures = 0;
      trouble = null;
      return refreshAfter(door().state);
    } catch (cause) {
      if (signal.aborted) return null;
      failures += 1;
      trouble = failureOf(cause);
      await learn();
      if (trouble.code === "internal")
        world.log.write("error", "reading a target failed", { targetId }, cause);
      return registry.credential(targetId) === null ? null : backOff(failures);
    }
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      pressing = false;
      const rest = await readOnce(signal);
      if (signal.aborted) return;
      bell.ring(targetId);
      if (!pressing) await nap(clock, rest, AbortSignal.any([signal, alarm.signal]));
    }
  };

  const refresh = (): void => {
    pressing = true;
    askedAllAt = null;
    alarm.abort();
    alarm = new AbortController();
  };
  const nudge = (): void => {
    voidBefore = clock.monotonic();
    refresh();
  };

  return {
    door,
    reading,
    trouble: () => trouble,
    acts: () => acts,
    learn,
    lastAnswer: (endpoint) => views.of(endpoint),
    take: (endpoint, good) => {
      views.answered(endpoint, good);
      answered = endpoint;
      lists = null;
    },
    hold: () => {
      if (holders === 0) {
        running = new AbortController();
        void learn().then(() => bell.ring(targetId));
        void run(running.signal);
      }
      holders += 1;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holders -= 1;
        if (holders === 0) running.abort();
      };
    },
    nudge,
    refresh,
    mark: (next) => {
      revoke = next;
      if (next.state === "closing") nudge();
      else refresh();
      bell.ring(targetId);
    },
    revokeMark: () => revoke,
    readNow: async (signal) => {
      await read(askersPatience, signal);
      trouble = null;
      bell.ring(targetId);
      const now = reading();
      if (now === null) throw new Error("a target that was read has a reading");
      return now;
    },
    stop: () => running.abort(),
  };
}

type Lists = Pick<TargetReading, "grants" | "sessions">;

function listsOf(views: readonly EndpointView[], acts: readonly KnownAct[]): Lists {
  const goods = views.flatMap(({ good }) => (good === null ? [] : [good]));
  const grants = joinGrants(mergeGrants(goods), acts);
  return { grants, sessions: joinSessions(mergeRuns(goods), grants) };
}

const signInNeeded: Failure = {
  code: "signInNeeded",
  sentence: "Nobody is signed in to this target. Sign in to see its door.",
  remedy: "signIn",
};

/** Sleeps, or waits for the signal alone; ends quietly either way. */
async function nap(clock: Clock, milliseconds: number | null, signal: AbortSignal): Promise<void> {
  if (milliseconds !== null) return clock.sleep(milliseconds, signal).catch(() => undefined);
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
}
