import { createStore } from "zustand";
import type { StoreApi } from "zustand";

export type ClockState = {
  /** By how much the console's clock is ahead of the page's (ms); 0 until the console told its time. */
  readonly ahead: number;
  /** The console told its time (ISO) just now. */
  readonly told: (at: string) => void;
};

/** A message may travel so long (ms): less is no other difference. */
const travel = 1_000;

/** The difference between the console's clock and the page's: a console may run on another machine than its page. */
export function createClockStore(now: () => number): StoreApi<ClockState> {
  return createStore<ClockState>()((set, get) => ({
    ahead: 0,
    told: (at) => {
      const ahead = Date.parse(at) - now();
      if (Math.abs(ahead - get().ahead) > travel) set({ ahead });
    },
  }));
}

/** An instant of the console (ISO) by the page's clock (ms). */
export function onPage(at: string, ahead: number): number {
  return Date.parse(at) - ahead;
}
