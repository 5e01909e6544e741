import type { TargetOverview } from "#contract";

/** How long the last answer stands when the console tells nothing any more: two refresh intervals of a closed door (ms). */
const answerIsGoodFor = 60_000;

export type OutdatedDoors = {
  readonly overviews: readonly TargetOverview[];
  /** When the next door becomes unknown (ms); null when none is left to. */
  readonly nextAt: number | null;
};

/**
 * The doors as a page may still show them after it lost the console: an answer that is too old proves nothing, and
 * nothing is ever shown as closed on it. `now` is the console's time, by which answers are dated. A revoke that was asked for stays what it was.
 */
export function outdatedDoors(overviews: readonly TargetOverview[], now: number): OutdatedDoors {
  let nextAt: number | null = null;
  const aged = overviews.map((overview): TargetOverview => {
    const { door } = overview;
    if (door.state !== "closed" && door.state !== "open" && door.state !== "inside") return overview;
    const until = door.answeredAt === null ? now : Date.parse(door.answeredAt) + answerIsGoodFor;
    if (now >= until) return { ...overview, door: { ...door, state: "unknown" } };
    nextAt = Math.min(nextAt ?? until, until);
    return overview;
  });
  return { overviews: aged, nextAt };
}
