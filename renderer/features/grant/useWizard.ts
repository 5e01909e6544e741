import { problemsOf } from "../../stores/grantProblems.ts";
import type { Problems } from "../../stores/grantProblems.ts";
import type { WizardEvent, WizardState } from "../../stores/grantWizard.ts";
import { useFrom } from "../../stores/storesContext.ts";

type UsedWizard = {
  readonly wizard: WizardState | undefined;
  readonly dispatch: (event: WizardEvent) => void;
  /** Problems of the step on the screen, once the operator tried to leave it. */
  readonly problems: Problems;
};

export function useWizard(targetId: string): UsedWizard {
  const wizard = useFrom("grant", (state) => state.wizards[targetId]);
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const isTried = wizard?.tried.includes(wizard.step) === true;
  return {
    wizard,
    dispatch: (event) => dispatch(targetId, event),
    problems: wizard !== undefined && isTried ? problemsOf(wizard, wizard.step) : {},
  };
}
