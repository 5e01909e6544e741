import type { ConsoleClient, LedgerEntry } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { done, failed, waiting } from "./work.ts";
import type { Work } from "./work.ts";

export type Chain =
  | { readonly state: "whole"; readonly entries: number }
  | { readonly state: "torn"; readonly entries: number }
  | { readonly state: "broken"; readonly atLine: number; readonly because: string };

/** `readAt`: the page's own clock, ms. */
export type LedgerView = {
  readonly entries: readonly LedgerEntry[];
  /** Numbers of intents of which nobody knows what came. */
  readonly withoutOutcome: readonly number[];
  readonly chain: Chain;
  readonly readAt: number;
};

export type LedgerState = {
  readonly ledger: Work<LedgerView>;
  readonly read: () => Promise<void>;
};

export function createLedgerStore(console: ConsoleClient, now: () => number): StoreApi<LedgerState> {
  return createStore<LedgerState>()((set, get) => ({
    ledger: waiting,
    read: async () => {
      if (get().ledger.phase !== "done") set({ ledger: waiting });
      try {
        set({ ledger: done({ ...(await console.ledger.list({})), readAt: now() }) });
      } catch (cause) {
        set({ ledger: failed(cause) });
      }
    },
  }));
}
