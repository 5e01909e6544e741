import { usualPreferences } from "#contract";
import type { ConsoleClient, Failure, Preferences } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure } from "./work.ts";

export type SettingsState = {
  readonly preferences: Preferences;
  /** False until the console answered: before that the usual preferences stand in. */
  readonly read: boolean;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly change: (part: Partial<Preferences>) => Promise<void>;
};

/** What the operator chose. The console keeps it; the page only holds a copy. */
export function createSettingsStore(console: ConsoleClient): StoreApi<SettingsState> {
  return createStore<SettingsState>()((set, get) => ({
    preferences: usualPreferences,
    read: false,
    failure: null,
    load: async () => {
      try {
        set({ preferences: await console.settings.read({}), read: true, failure: null });
      } catch (cause) {
        set({ failure: toFailure(cause) });
      }
    },
    change: async (part) => {
      const before = get().preferences;
      set({ preferences: { ...before, ...part }, failure: null });
      try {
        set({ preferences: await console.settings.write({ ...before, ...part }) });
      } catch (cause) {
        set({ preferences: before, failure: toFailure(cause) });
      }
    },
  }));
}
