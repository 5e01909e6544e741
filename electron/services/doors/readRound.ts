import type { Target } from "#contract";
import type { Clock } from "../ports.ts";
import type { Reach } from "../targets/reach.ts";
import { crossCheckEvery, otherMayRest } from "./intervals.ts";
import { readFirst, readOthers, type Patience } from "./readTarget.ts";
import type { TargetState } from "./targetState.ts";

export type RoundWorld = { readonly clock: Clock; readonly reach: Reach };

/** Which endpoints are asked in one round of reading a target, and when they were asked last. */
export type Rounds = {
  /** One round: the first endpoint that answers, then the others that are due. Fails as reach.first. */
  read(target: Target, patience: Patience, signal: AbortSignal, onFirst: () => void): Promise<void>;
  /** The next round asks every endpoint. */
  askAll(): void;
};

/** No round yet. */
export function createRounds(world: RoundWorld, state: TargetState): Rounds {
  let askedAllAt: number | null = null;

  /** Where endpoints do not speak for each other, each is asked every time; one that just failed is left for a while. */
  const othersToAsk = (target: Target, first: string, began: number): Target["endpoints"] => {
    const isShared = target.scope?.grants === "shared";
    const isUnclear = state.door().state === "unknown";
    const isDue = askedAllAt === null || isUnclear || began - askedAllAt >= crossCheckEvery;
    if (isShared && !isDue) return [];
    const isLeft = askedAllAt === null ? began : began - otherMayRest;
    return target.endpoints.filter(({ name }) => name !== first && !state.views.failedSince(name, isLeft));
  };

  return {
    read: async (target, patience, signal, onFirst) => {
      const began = world.clock.monotonic();
      const first = await readFirst(world, target, state.views, patience, signal);
      signal.throwIfAborted();
      state.answered(first, null);
      const others = othersToAsk(target, first, began);
      if (others.length > 0) {
        onFirst();
        askedAllAt = began;
        await readOthers(world, target, others, state.views, patience, signal);
        signal.throwIfAborted();
      }
      await state.conclude();
    },
    askAll: () => {
      askedAllAt = null;
    },
  };
}
