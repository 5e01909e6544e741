import type { TargetOverview } from "#contract";
import { mayBeOpen } from "../../parts/doorWords.ts";

export type ChosenDoors = {
  /** The worst first; alike ones in the order of the list. */
  readonly shown: readonly TargetOverview[];
  /** How many are left out, and how many of those may be open. */
  readonly more: number;
  readonly moreOpen: number;
};

/** A door that may be open is shown with its time and its Revoke: it takes the room of two. */
const roomOf = (overview: TargetOverview): number => (mayBeOpen(overview.door) ? 2 : 1);

/** Which doors have room in the top bar, in one line: the worst first, the rest counted. The worst is always there. */
export function chosenDoors(overviews: readonly TargetOverview[], room: number): ChosenDoors {
  const worstFirst = overviews.toSorted((a, b) => rankOf(a) - rankOf(b));
  let left = room;
  const fits = worstFirst.findIndex((overview, place) => {
    left -= roomOf(overview);
    return left < 0 && place > 0;
  });
  const shown = fits === -1 ? worstFirst : worstFirst.slice(0, fits);
  const hidden = worstFirst.slice(shown.length);
  return {
    shown,
    more: hidden.length,
    moreOpen: hidden.filter(({ door }) => mayBeOpen(door)).length,
  };
}

const ranks = { notConfirmed: 0, unknown: 1, inside: 2, open: 3, opening: 4, closing: 5, closed: 7 } as const;

function rankOf({ door }: TargetOverview): number {
  return door.state === "unknown" && !mayBeOpen(door) ? 6 : ranks[door.state];
}
