import type { TargetOverview } from "#contract";
import { mayBeOpen } from "../../parts/doorWords.ts";

/** So many doors have room beside each other at 1280 px. */
const room = 3;

export type ChosenDoors = {
  readonly shown: readonly TargetOverview[];
  /** How many are left out; none of them may be open. */
  readonly more: number;
};

/** Which doors the top bar shows, in the order of the list: every one that may be open, then as many shut ones as fit. */
export function chosenDoors(overviews: readonly TargetOverview[]): ChosenDoors {
  const open = overviews.filter(({ door }) => mayBeOpen(door));
  const shut = overviews.filter(({ door }) => !mayBeOpen(door));
  const chosen = new Set([...open, ...shut.slice(0, Math.max(0, room - open.length))]);
  const shown = overviews.filter((overview) => chosen.has(overview));
  return { shown, more: overviews.length - shown.length };
}
