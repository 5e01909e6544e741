import type { TargetOverview } from "#contract";
import type { WizardState } from "../../stores/grantWizard.ts";
import type { Route } from "../../stores/route.ts";

type Shown = {
  readonly route: Route;
  readonly overviews: readonly TargetOverview[];
  readonly wizards: Readonly<Record<string, WizardState>>;
  /** The target the screen is about. */
  readonly current: string | null;
};

/** Whether all that a screen shows is practice. A list of every target is so only where every target is. */
export function isPracticeScreen({ route, overviews, wizards, current }: Shown): boolean {
  const isPractice = (id: string | null): boolean =>
    overviews.some(({ target }) => target.id === id && target.practice);
  const isAll = overviews.length > 0 && overviews.every(({ target }) => target.practice);
  switch (route.screen) {
    case "grant":
      if (route.targetId === null || wizards[route.targetId]?.step === "target") return isAll;
      return isPractice(route.targetId);
    case "sessions":
      return isPractice(current);
    case "transcript":
    case "target":
      return isPractice(route.targetId);
    case "overview":
    case "ledger":
    case "targets":
    case "addTarget":
    case "settings":
      return false;
    default:
      return route satisfies never;
  }
}
