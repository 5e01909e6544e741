import type { ConsoleClient, Failure, Scope } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure } from "./work.ts";

export type ScopeWord = NonNullable<Scope>["grants"];

export type ScopeState = {
  /** What stood in the way of the operator's word, by target; kept until it is said again. */
  readonly troubles: Readonly<Record<string, Failure>>;
  /** The operator's word on whether a target's endpoints keep their grants together; null takes it back. */
  readonly declare: (targetId: string, grants: ScopeWord | null) => Promise<void>;
};

/** What the operator says of targets; what they are shows in their next snapshot. */
export function createScopeStore(console: ConsoleClient): StoreApi<ScopeState> {
  return createStore<ScopeState>()((set, get) => ({
    troubles: {},
    declare: async (targetId, grants) => {
      const { [targetId]: _, ...others } = get().troubles;
      set({ troubles: others });
      try {
        await console.targets.declareScope({ targetId, grants });
      } catch (cause) {
        set({ troubles: { ...get().troubles, [targetId]: toFailure(cause) } });
      }
    },
  }));
}
