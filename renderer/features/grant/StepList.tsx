import { wizardSteps } from "../../stores/grantWizard.ts";
import type { WizardStep } from "../../stores/grantWizard.ts";
import { TickIcon } from "../../ui/icons.ts";
import { useWizard } from "./useWizard.ts";

export const stepWords: Readonly<Record<WizardStep, string>> = {
  target: "Target",
  level: "Level",
  duration: "Duration",
  why: "Why",
  terms: "Terms",
  review: "Review",
  opening: "Open",
};

/** The six steps; each is a way back, and a way forward as far as nothing is missing. */
export function StepList({ targetId }: { readonly targetId: string }) {
  const { wizard, dispatch } = useWizard(targetId);
  if (wizard === undefined) return null;
  const now = wizardSteps.indexOf(wizard.step);
  return (
    <nav aria-label="Steps">
      <ol className="steps">
        {wizardSteps.slice(0, -1).map((step, place) => (
          <li key={step}>
            <button
              type="button"
              className="step"
              aria-current={step === wizard.step ? "step" : undefined}
              data-done={place < now}
              onClick={() => dispatch({ type: "goTo", step })}
            >
              <span className="step-number" aria-hidden="true">
                {place < now ? <TickIcon /> : place + 1}
              </span>
              {stepWords[step]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
