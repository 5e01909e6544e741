import type { Door, Failure } from "#contract";
import { failureOf } from "../failureOf.ts";
import type { KnownAct } from "../ledger/knownActs.ts";
import type { Clock, Log } from "../ports.ts";
import type { Bell } from "../streams/bell.ts";
import type { RevokeMark, TargetReading } from "./doorOf.ts";
import type { GoodView } from "./endpointView.ts";
import { backOff, refreshAfter } from "./intervals.ts";
import { createRounds, type RoundWorld } from "./readRound.ts";
import { askersPatience, doorsPatience } from "./readTarget.ts";
import { createTargetState, type StateWorld } from "./targetState.ts";

export type WatcherWorld = StateWorld & RoundWorld & { readonly log: Log; readonly bell: Bell };

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
  /** The same of an act that changed something: what the others answered before says nothing against it. */
  takeChanged(endpoint: string, good: GoodView): void;
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
  const state = createTargetState(targetId, world);
  const rounds = createRounds(world, state);
  let failures = 0;
  let pressing = false;
  let alarm = new AbortController();
  let holders = 0;
  let running = new AbortController();
  const ring = (): void => bell.ring(targetId);

  /** The rest until the next reading in milliseconds, or null: until somebody signs in. */
  const readOnce = async (signal: AbortSignal): Promise<number | null> => {
    if (registry.credential(targetId) === null) {
      state.trouble = registry.whySignedOut(targetId) ?? signInNeeded;
      await state.learn();
      return null;
    }
    const before = state.door().state;
    /** What the first answer changed is told at once; else the others are heard first. */
    const onFirst = (): void => (state.door().state === before ? undefined : ring());
    try {
      await rounds.read(registry.find(targetId), doorsPatience, signal, onFirst);
      failures = 0;
      state.trouble = null;
      return refreshAfter(state.door().state);
    } catch (cause) {
      if (signal.aborted) return null;
      failures += 1;
      state.trouble = failureOf(cause);
      await state.learn();
      if (state.trouble.code === "internal")
        world.log.write("error", "reading a target failed", { targetId }, cause);
      return registry.credential(targetId) === null ? null : backOff(failures);
    }
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      pressing = false;
      const rest = await readOnce(signal);
      if (signal.aborted) return;
      ring();
      if (!pressing) await nap(clock, rest, AbortSignal.any([signal, alarm.signal]));
    }
  };

  const refresh = (): void => {
    pressing = true;
    rounds.askAll();
    alarm.abort();
    alarm = new AbortController();
  };
  const nudge = (): void => {
    state.outdate();
    refresh();
  };

  return {
    door: state.door,
    reading: state.reading,
    trouble: () => state.trouble,
    acts: state.acts,
    learn: state.learn,
    lastAnswer: (endpoint) => state.views.of(endpoint),
    take: state.answered,
    takeChanged: (endpoint, good) => {
      state.answered(endpoint, good);
      state.views.outdateOthers(endpoint, good.at.monotonic);
    },
    hold: () => {
      if (holders === 0) {
        running = new AbortController();
        void state.learn().then(ring);
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
      state.revoke = next;
      if (next.state === "closing") nudge();
      else refresh();
      ring();
    },
    revokeMark: () => state.revoke,
    readNow: async (signal) => {
      await rounds.read(registry.find(targetId), askersPatience, signal, ring);
      state.trouble = null;
      ring();
      const now = state.reading();
      if (now === null) throw new Error("a target that was read has a reading");
      return now;
    },
    stop: () => running.abort(),
  };
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
