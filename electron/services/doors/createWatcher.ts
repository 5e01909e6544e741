import type { Door, Failure, Grant } from "#contract";
import { failureOf } from "../failureOf.ts";
import type { Clock, Log } from "../ports.ts";
import type { Bell } from "../streams/bell.ts";
import type { Reach } from "../targets/reach.ts";
import type { Registry } from "../targets/registry.ts";
import { doorOf, settlesRevoke, type RevokeMark, type TargetReading } from "./doorOf.ts";
import { backOff, crossCheckEvery, refreshAfter } from "./intervals.ts";
import { readTarget } from "./readTarget.ts";

export type WatcherWorld = {
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: Reach;
  readonly registry: Registry;
  readonly bell: Bell;
  readonly withRecords: (targetId: string, grants: readonly Grant[]) => Promise<readonly Grant[]>;
};

/** Reads one target again and again while anybody looks at it; all streams of the target share it. */
export type Watcher = {
  /** The door as of now: an old reading turns to unknown by itself. */
  door(): Door;
  reading(): TargetReading | null;
  trouble(): Failure | null;
  /** Keeps the watcher reading until the returned function is called. */
  hold(): () => void;
  /** Reads at once, and asks every endpoint: something was done to the target. */
  nudge(): void;
  mark(revoke: RevokeMark): void;
  /** The mark in force; another one as soon as a revoke began. */
  revokeMark(): RevokeMark;
  stop(): void;
};

/** A watcher at rest; it reads only while it is held. */
export function createWatcher(targetId: string, world: WatcherWorld): Watcher {
  const { clock, registry, bell } = world;
  const known: { reading: TargetReading | null; wholeReadAt: number | null } = {
    reading: null,
    wholeReadAt: null,
  };
  let revoke: RevokeMark = { state: "none" };
  let trouble: Failure | null = null;
  let failures = 0;
  let askedAllAt: number | null = null;
  let pressing = false;
  let alarm = new AbortController();
  let holders = 0;
  let running = new AbortController();

  const door = (): Door => doorOf({ reading: known.reading, revoke, trouble }, clock.now());

  const read = async (signal: AbortSignal): Promise<void> => {
    const now = clock.now().getTime();
    const disagrees = door().state === "unknown" && known.reading !== null;
    const crossCheck = askedAllAt === null || disagrees || now - askedAllAt >= crossCheckEvery;
    const { reading, wholeReadAt } = await readTarget(
      world,
      registry.find(targetId),
      known,
      crossCheck,
      signal,
    );
    signal.throwIfAborted();
    if (crossCheck) askedAllAt = now;
    Object.assign(known, { reading, wholeReadAt });
    if (revoke.state === "notConfirmed" && settlesRevoke(reading, revoke.since, clock.now()))
      revoke = { state: "none" };
  };

  /** The rest until the next reading in milliseconds, or null: until somebody signs in. */
  const readOnce = async (signal: AbortSignal): Promise<number | null> => {
    if (registry.credential(targetId) === null) {
      trouble = registry.whySignedOut(targetId) ?? signInNeeded;
      return null;
    }
    try {
      await read(signal);
      failures = 0;
      trouble = null;
      return refreshAfter(door().state);
    } catch (cause) {
      if (signal.aborted) return null;
      failures += 1;
      trouble = failureOf(cause);
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
      bell.ring();
      if (!pressing) await nap(clock, rest, AbortSignal.any([signal, alarm.signal]));
    }
  };

  const nudge = (): void => {
    pressing = true;
    askedAllAt = null;
    alarm.abort();
    alarm = new AbortController();
  };

  return {
    door,
    reading: () => known.reading,
    trouble: () => trouble,
    hold: () => {
      if (holders === 0) {
        running = new AbortController();
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
    mark: (next) => {
      revoke = next;
      bell.ring();
      nudge();
    },
    revokeMark: () => revoke,
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
