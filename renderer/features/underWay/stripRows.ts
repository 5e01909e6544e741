import type { TargetOverview } from "#contract";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import type { WizardState } from "../../stores/grantWizard.ts";
import type { RunningOpening } from "../../stores/opening.ts";
import type { Route } from "../../stores/route.ts";

/** One thing that is under way on a target, or whose proof nobody put away yet. */
export type StripRow =
  | {
      readonly kind: "revoke";
      readonly targetId: string;
      readonly revocation: Revocation;
      /** A reading from after it was asked for shows the door shut, whatever became of the revoke. */
      readonly isShutByNow: boolean;
    }
  | { readonly kind: "opening"; readonly targetId: string; readonly opening: RunningOpening };

type Shown = {
  readonly revokes: Readonly<Record<string, Revocation>>;
  readonly wizards: Readonly<Record<string, WizardState>>;
  readonly overviews: readonly TargetOverview[];
  readonly route: Route;
};

/** All that is under way, the worst first; among alike ones the newest. An opening that fills the screen is no row. */
export function stripRows({ revokes, wizards, overviews, route }: Shown): readonly StripRow[] {
  const doors = new Map(overviews.map(({ target, door }) => [target.id, door]));
  const isPast = (targetId: string, { progress }: Revocation): boolean => {
    const door = doors.get(targetId);
    if (progress?.outcome?.kind !== "closed" || door?.answeredAt == null) return false;
    const isOpen = door.state === "open" || door.state === "inside";
    return isOpen && Date.parse(door.answeredAt) > Date.parse(progress.outcome.receipt.finishedAt);
  };
  const isShutByNow = (targetId: string, { since, phase }: Revocation): boolean => {
    const door = doors.get(targetId);
    return phase !== "running" && door?.state === "closed" && door.answeredAt !== null
      ? Date.parse(door.answeredAt) > since
      : false;
  };
  const revoking = Object.entries(revokes)
    .filter(([targetId, revocation]) => !isPast(targetId, revocation))
    .toSorted(([, a], [, b]) => b.since - a.since)
    .map(
      ([targetId, revocation]): StripRow => ({
        kind: "revoke",
        targetId,
        revocation,
        isShutByNow: isShutByNow(targetId, revocation),
      }),
    );
  const opening = Object.entries(wizards).flatMap(([targetId, wizard]): readonly StripRow[] => {
    const isOnScreen = route.screen === "grant" && route.targetId === targetId;
    return wizard.opening.phase === "running" && !isOnScreen
      ? [{ kind: "opening", targetId, opening: wizard.opening }]
      : [];
  });
  return [...revoking, ...opening].toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What needs somebody before what goes on by itself, and what is proved at the end. */
function rankOf(row: StripRow): number {
  if (row.kind === "opening") return isAsked(row.opening) ? 1 : 3;
  if (isUnproved(row.revocation)) return row.isShutByNow ? 4 : 0;
  return row.revocation.phase === "running" ? 2 : 4;
}

export const isAsked = ({ progress }: RunningOpening): boolean => progress?.question != null;

/** Over, lost or never sent, and nothing proves that the door is shut. */
export const isUnproved = ({ phase, progress }: Revocation): boolean =>
  phase !== "running" && progress?.outcome?.kind !== "closed";

/** How many more there are, and what most of all has to be known of them. */
export function restWords(rows: readonly StripRow[]): string {
  const count = (ranks: readonly number[]): number =>
    rows.filter((row) => ranks.includes(rankOf(row))).length;
  const told = [
    [count([0]), "not proved"],
    [count([1]), "asking"],
    [count([2, 3]), "going on"],
    [count([4]), "shut"],
  ] as const;
  const words = told.flatMap(([many, what]) => (many === 0 ? [] : [`${many} ${what}`]));
  return `${rows.length} more: ${words.join(", ")}`;
}
