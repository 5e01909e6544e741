import { lifeIn, lifeText, ourLife, stateOf } from "../../locks/processLife.ts";

/** This process, in a text that the ledger keeps. */
export const ourMark = lifeText(ourLife);

/** Whether the process of that text still runs, as far as can be told from here; a text that is none of ours does not. */
export function isAtWork(mark: string): boolean {
  const life = lifeIn(mark);
  return life !== null && stateOf(life) === "runs";
}
