import type { ConsoleClient, GrantsWatch } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";

export type GrantsState = {
  /** By target; what stands in the way of a newer reading is told with its door. */
  readonly byTarget: Readonly<Record<string, GrantsWatch>>;
  readonly watch: (targetId: string, signal: AbortSignal) => Promise<void>;
};

/** Grants in force and past, and what this console did about them. */
export function createGrantsStore(console: ConsoleClient): StoreApi<GrantsState> {
  return createStore<GrantsState>()((set, get) => ({
    byTarget: {},
    watch: async (targetId, signal) => {
      try {
        for await (const watched of console.grants.watch({ targetId }, { signal }))
          set({ byTarget: { ...get().byTarget, [targetId]: watched } });
      } catch {
        // The door of the target and the banner of the link say what is wrong; what is known stays.
      }
    },
  }));
}
