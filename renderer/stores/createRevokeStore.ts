import type { ConsoleClient, Failure, RevokeProgress } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure } from "./work.ts";

/** One revoke as this page saw it. `since` is the page's own clock (ms); `failure` ended the seeing, not the revoke. */
export type Revocation = {
  readonly phase: "running" | "ended" | "lost";
  readonly since: number;
  readonly progress: RevokeProgress | null;
  readonly failure: Failure | null;
};

export type RevokeState = {
  readonly byTarget: Readonly<Record<string, Revocation>>;
  readonly revoke: (targetId: string, operator: string) => Promise<void>;
  readonly dismiss: (targetId: string) => void;
};

/** Shuts doors. A revoke is never refused here: one that already runs for the target is asked again, whatever its state. */
export function createRevokeStore(console: ConsoleClient, now: () => number): StoreApi<RevokeState> {
  return createStore<RevokeState>()((set, get) => {
    const put = (targetId: string, since: number, change: Partial<Revocation>): void => {
      const before = get().byTarget[targetId];
      if (before !== undefined && before.since > since) return;
      const fresh: Revocation = { phase: "running", since, progress: null, failure: null };
      const base = before?.since === since ? before : fresh;
      set({ byTarget: { ...get().byTarget, [targetId]: { ...base, ...change } } });
    };
    return {
      byTarget: {},
      revoke: async (targetId, operator) => {
        const since = now();
        put(targetId, since, {});
        try {
          for await (const progress of console.grants.revoke({ targetId, operator, reason: "" }))
            put(targetId, since, { progress, phase: progress.outcome === null ? "running" : "ended" });
          if (get().byTarget[targetId]?.progress?.outcome == null)
            put(targetId, since, { phase: "lost", failure: endedWithoutOutcome });
        } catch (cause) {
          put(targetId, since, { phase: "lost", failure: toFailure(cause) });
        }
      },
      dismiss: (targetId) => {
        const { [targetId]: _gone, ...byTarget } = get().byTarget;
        set({ byTarget });
      },
    };
  });
}

const endedWithoutOutcome: Failure = {
  code: "badAnswer",
  sentence: "The console stopped telling how the revoke went before it said what came of it.",
  remedy: "retry",
};
