import type { KeyboardEvent } from "react";
import { problemsOf } from "../../stores/grantProblems.ts";
import type { Problems } from "../../stores/grantProblems.ts";
import type { WizardEvent, WizardState } from "../../stores/grantWizard.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { focusFirstProblem } from "../../ui/focusFirstProblem.ts";

type UsedWizard = {
  readonly wizard: WizardState | undefined;
  readonly dispatch: (event: WizardEvent) => void;
  /** Problems of the step on the screen, once the operator tried to leave it. */
  readonly problems: Problems;
  /** To the next step, or to the entry that keeps it from being left. */
  readonly next: () => void;
  /** Enter in an entry of one line does the same. */
  readonly nextOnEnter: (event: KeyboardEvent) => void;
};

export function useWizard(targetId: string): UsedWizard {
  const wizard = useFrom("grant", (state) => state.wizards[targetId]);
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const isTried = wizard?.tried.includes(wizard.step) === true;
  const next = (): void => {
    dispatch(targetId, { type: "next" });
    focusFirstProblem();
  };
  return {
    wizard,
    dispatch: (event) => dispatch(targetId, event),
    problems: wizard !== undefined && isTried ? problemsOf(wizard, wizard.step) : {},
    next,
    nextOnEnter: (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      next();
    },
  };
}
