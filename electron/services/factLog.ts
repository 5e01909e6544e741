import type { Fact } from "#contract";
import type { Clock } from "./ports.ts";

/** What happened on the way of one act. Facts are only ever appended. */
export type FactLog = {
  add(kind: Fact["kind"], endpoint: string | null, text: string): void;
  all(): readonly Fact[];
};

/** Every fact gets the time of the wall clock; `onFact` hears of each. */
export function createFactLog(clock: Clock, onFact: () => void): FactLog {
  let facts: readonly Fact[] = [];
  return {
    add: (kind, endpoint, text) => {
      facts = [...facts, { at: clock.now().toISOString(), kind, endpoint, text }];
      onFact();
    },
    all: () => facts,
  };
}
