import type { ConsoleClient, Failure, SessionsReading } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure, wasLeft } from "./work.ts";

/** What is known of one target's sessions: the newest reading, and what stands in the way of a newer one. */
export type SessionsView = { readonly reading: SessionsReading | null; readonly trouble: Failure | null };

export type SessionsState = {
  readonly byTarget: Readonly<Record<string, SessionsView>>;
  readonly watch: (targetId: string, signal: AbortSignal) => Promise<void>;
};

export function createSessionsStore(console: ConsoleClient): StoreApi<SessionsState> {
  return createStore<SessionsState>()((set, get) => {
    const put = (targetId: string, change: Partial<SessionsView>): void => {
      const before = get().byTarget[targetId] ?? { reading: null, trouble: null };
      set({ byTarget: { ...get().byTarget, [targetId]: { ...before, ...change } } });
    };
    return {
      byTarget: {},
      watch: async (targetId, signal) => {
        try {
          for await (const { reading, trouble } of console.sessions.watch(
            { targetId, from: null },
            { signal },
          ))
            put(targetId, reading === null ? { trouble } : { reading, trouble });
        } catch (cause) {
          if (!wasLeft(cause, signal)) put(targetId, { trouble: toFailure(cause) });
        }
      },
    };
  });
}
