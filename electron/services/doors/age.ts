import type { Clock } from "../ports.ts";

/** A moment by both clocks of this machine: the wall clock can be set, the other one stands still while it sleeps. */
export type Moment = { readonly wall: number; readonly monotonic: number };

/** A wall clock that is corrected in small steps may go back by so much (milliseconds). */
const correction = 2_000;

/** Now, by both clocks. */
export const momentOf = (clock: Clock): Moment => ({
  wall: clock.now().getTime(),
  monotonic: clock.monotonic(),
});

/**
 * How long ago that was in milliseconds: the greater of what the two clocks say. Null where the wall clock was set back
 * since: then nobody knows how long this machine slept.
 */
export function ageOf(then: Moment, now: Moment): number | null {
  const wall = now.wall - then.wall;
  if (wall < -correction) return null;
  return Math.max(0, wall, now.monotonic - then.monotonic);
}
