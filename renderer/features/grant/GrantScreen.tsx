import type { TargetOverview } from "#contract";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ReactNode } from "react";
import { runningGrant } from "../../parts/doorWords.ts";
import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { WizardState, WizardStep } from "../../stores/grantWizard.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { SignInIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Working } from "../../ui/Working.tsx";
import { DurationStep } from "./DurationStep.tsx";
import { LevelStep } from "./LevelStep.tsx";
import { OpeningStep } from "./OpeningStep.tsx";
import { ReviewStep } from "./ReviewStep.tsx";
import { StepList } from "./StepList.tsx";
import { TargetStep } from "./TargetStep.tsx";
import { TermsStep } from "./TermsStep.tsx";
import { useWizard } from "./useWizard.ts";
import { WhyStep } from "./WhyStep.tsx";
import { WizardActions } from "./WizardActions.tsx";
import "./Grant.css";

/** The wizard of one target; without a target, its first step alone. */
export function GrantScreen({ targetId }: { readonly targetId: string | null }) {
  const overviews = useFrom("targets", (state) => state.overviews);
  if (overviews === null) return <Working words="Asking the console for your targets…" />;
  if (targetId === null || !overviews.some(({ target }) => target.id === targetId))
    return (
      <div className="flow">
        <PageHeader title="Grant access" note="Which target's door shall be opened?" />
        <TargetStep current={null} />
      </div>
    );
  return <Wizard key={targetId} targetId={targetId} />;
}

function Wizard({ targetId }: { readonly targetId: string }) {
  const overview = useTarget(targetId);
  const start = useFrom("grant", (state) => state.start);
  const preferences = useFrom("settings", (state) => state.preferences);
  const isRead = useFrom("settings", (state) => state.read);
  const suggestedOperator = useFrom("link", (state) => state.host?.suggestedOperator ?? "");
  const { wizard } = useWizard(targetId);
  const isKnown = overview !== null;
  const readRunning = useEffectEvent(() => (overview === null ? null : runningGrant(overview.door)));
  useEffect(() => {
    if (isRead && isKnown)
      start(targetId, { preferences, suggestedOperator, from: null, running: readRunning() });
  }, [isRead, isKnown, start, targetId, preferences, suggestedOperator]);
  if (wizard === undefined || overview === null) return <Working words="Reading what you usually choose…" />;
  return (
    <div className="flow grant">
      <PageHeader
        title={titleOf(wizard, overview)}
        note={
          <>
            {wizard.step !== "opening" && overview.target.name} {overview.target.practice && <PracticeMark />}
          </>
        }
      />
      {wizard.step !== "opening" && <StepList targetId={targetId} />}
      {!overview.signedIn && wizard.step !== "opening" && <NotSignedIn targetId={targetId} />}
      <FocusedStep step={wizard.step}>
        <Step step={wizard.step} targetId={targetId} />
      </FocusedStep>
      {wizard.step !== "opening" && <WizardActions targetId={targetId} />}
    </div>
  );
}

function titleOf({ step, opening }: WizardState, { target: { name }, door }: TargetOverview): string {
  if (step !== "opening") return runningGrant(door) === null ? "Grant access" : "Change the grant";
  return opening.phase === "running" ? `Opening the door of ${name}` : `The door of ${name}`;
}

function NotSignedIn({ targetId }: { readonly targetId: string }) {
  const openDialog = useFrom("dialogs", (state) => state.open);
  return (
    <Banner
      kind="warning"
      title="Not signed in to this target"
      actions={
        <Button icon={SignInIcon} onPress={() => openDialog({ kind: "signIn", targetId })}>
          Sign in
        </Button>
      }
    >
      The door can be opened only when you are signed in. What you type here is kept meanwhile.
    </Banner>
  );
}

/** A new step starts at its top, for the eye and for the keyboard: Tab leads to its first entry. */
function FocusedStep({ step, children }: { readonly step: WizardStep; readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    frame.current?.focus({ preventScroll: true });
    document.getElementById("screen")?.scrollTo(0, 0);
  }, [step]);
  return (
    <div ref={frame} tabIndex={-1} className="flow-inner step-inside">
      {children}
    </div>
  );
}

function Step({ step, targetId }: { readonly step: WizardStep; readonly targetId: string }) {
  switch (step) {
    case "target":
      return <TargetStep current={targetId} />;
    case "level":
      return <LevelStep targetId={targetId} />;
    case "duration":
      return <DurationStep targetId={targetId} />;
    case "why":
      return <WhyStep targetId={targetId} />;
    case "terms":
      return <TermsStep targetId={targetId} />;
    case "review":
      return <ReviewStep targetId={targetId} />;
    case "opening":
      return <OpeningStep targetId={targetId} />;
    default:
      return step satisfies never;
  }
}
