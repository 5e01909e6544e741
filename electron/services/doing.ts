import type { Doing } from "#contract";
import type { FactLog } from "./factLog.ts";

/** What a command says it is doing just now. */
export type DoingNow = {
  now(): Doing | null;
  /** Takes what an endpoint tells; a sentence that is new is a fact as well. */
  tellInto(facts: FactLog, endpoint: string): (doing: Doing | null) => void;
};

/** Nothing yet; `onChange` hears of each change. */
export function createDoing(onChange: () => void): DoingNow {
  let doing: Doing | null = null;
  return {
    now: () => doing,
    tellInto: (facts, endpoint) => {
      let last = "";
      return (next) => {
        doing = next;
        if (next === null || next.words === last) return onChange();
        last = next.words;
        // Adding a fact is a change.
        facts.add("said", endpoint, next.words);
      };
    },
  };
}
