import type { Door } from "#contract";

const SECOND = 1_000;

/**
 * How long a watcher rests between two readings, in milliseconds. 3 s while someone is inside is what an operator on the
 * phone still calls at once; 30 s keeps a closed stamp's endpoint (one of few runspaces per account) all but idle.
 */
export const refreshEvery = { closed: 30 * SECOND, open: 10 * SECOND, inside: 3 * SECOND } as const;

/** A reading proves nothing when it is older than this: two refresh intervals of a closed door. */
export const readingIsGoodFor = 2 * refreshEvery.closed;

/** The other endpoints of a target are asked whether they agree this often, and at every reading while they do not. */
export const crossCheckEvery = 5 * 60 * SECOND;

/** One reading, the whole target: longer than any endpoint needs that will answer at all. */
export const readingMayTake = 25 * SECOND;

/** An endpoint that failed beside others is asked again after this, so that one that is down slows nobody. */
export const otherMayRest = 20 * SECOND;

/** Another endpoint that is asked whether it agrees: longer is no answer, and must not cost the reading. */
export const otherViewMayTake = 6 * SECOND;

/** The rest before the next reading. */
export function refreshAfter(state: Door["state"]): number {
  switch (state) {
    case "closed":
      return refreshEvery.closed;
    case "open":
    case "unknown":
    case "notConfirmed":
      return refreshEvery.open;
    case "inside":
    case "opening":
    case "closing":
      return refreshEvery.inside;
    default:
      return state satisfies never;
  }
}

/** The rest after `failures` failed readings in a row: 3, 6, 12, 24, then 30 seconds. */
export function backOff(failures: number): number {
  return Math.min(refreshEvery.closed, refreshEvery.inside * 2 ** Math.max(0, failures - 1));
}
