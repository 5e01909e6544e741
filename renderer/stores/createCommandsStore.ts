import type { ConsoleClient, TargetCommands } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { done, failed, waiting } from "./work.ts";
import type { Work } from "./work.ts";

export type CommandsState = {
  /** By `target/session`, the session empty where none is named. */
  readonly byPlace: Readonly<Record<string, Work<TargetCommands>>>;
  readonly read: (targetId: string, sessionId: string | null) => Promise<void>;
};

/** The exact lines behind the buttons, read when somebody wants to see them. */
export function createCommandsStore(console: ConsoleClient): StoreApi<CommandsState> {
  return createStore<CommandsState>()((set, get) => ({
    byPlace: {},
    read: async (targetId, sessionId) => {
      const put = (work: Work<TargetCommands>): void =>
        set({ byPlace: { ...get().byPlace, [`${targetId}/${sessionId ?? ""}`]: work } });
      put(waiting);
      try {
        put(done(await console.grants.commands({ targetId, sessionId })));
      } catch (cause) {
        put(failed(cause));
      }
    },
  }));
}
