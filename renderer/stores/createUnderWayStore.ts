import type { ConsoleClient, Failure, UnderWay } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure, wasLeft } from "./work.ts";

export type UnderWayState = {
  /** Follows everything that is under way, as long as the page is there. */
  readonly watch: (signal: AbortSignal) => Promise<void>;
};

type Shown = {
  readonly seen: (underWay: readonly UnderWay[]) => void;
  readonly unseen: (failure: Failure) => void;
};

/** What is under way on every target, whoever began it: told to those who show it. */
export function createUnderWayStore(
  console: ConsoleClient,
  shown: readonly (() => Shown)[],
): StoreApi<UnderWayState> {
  return createStore<UnderWayState>()(() => ({
    watch: async (signal) => {
      try {
        for await (const underWay of console.grants.underWay({}, { signal }))
          for (const each of shown) each().seen(underWay);
      } catch (cause) {
        if (wasLeft(cause, signal)) return;
        for (const each of shown) each().unseen(toFailure(cause));
      }
    },
  }));
}
