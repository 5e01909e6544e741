import { FactList } from "../../parts/FactList.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import type { Opening } from "../../stores/opening.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { ShutIcon } from "../../ui/icons.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { Working } from "../../ui/Working.tsx";
import { WorkingBar } from "../../ui/WorkingBar.tsx";
import { OutcomePanel } from "./OutcomePanel.tsx";
import { LostPanel } from "./LostPanel.tsx";
import { QuestionPanel } from "./QuestionPanel.tsx";
import { useWizard } from "./useWizard.ts";

/** The opening as it goes: facts, the endpoint's question, and what came of it. */
export function OpeningStep({ targetId }: { readonly targetId: string }) {
  const { wizard } = useWizard(targetId);
  const opening = wizard?.opening;
  if (opening === undefined || opening.phase === "none") return null;
  const facts = opening.progress?.facts ?? [];
  const title = opening.phase === "running" ? "What happened so far" : "What happened";
  return (
    <div className="flow-inner">
      {opening.phase === "ended" && <OutcomePanel targetId={targetId} receipt={opening.receipt} />}
      {opening.phase === "lost" && <LostPanel targetId={targetId} failure={opening.failure} />}
      {opening.phase === "running" && <Running targetId={targetId} opening={opening} />}
      <section className="box stack" aria-labelledby="progress-title">
        <h2 id="progress-title">{title}</h2>
        {facts.length === 0 ? (
          <p className="soft">Nothing was sent yet.</p>
        ) : (
          <FactList facts={facts} name={title} />
        )}
      </section>
    </div>
  );
}

type RunningProps = { readonly targetId: string; readonly opening: Extract<Opening, { phase: "running" }> };

function Running({ targetId, opening }: RunningProps) {
  const stop = useFrom("grant", (state) => state.stop);
  const question = opening.progress?.question ?? null;
  const doing = opening.progress?.doing ?? null;
  return (
    <>
      {opening.failure !== null && (
        <Trouble failure={opening.failure} title="That did not reach the endpoint" />
      )}
      {question !== null && <QuestionPanel targetId={targetId} question={question} />}
      <div className="spread">
        <Working words={runningWords(opening)} />
        <Button icon={ShutIcon} disabled={opening.stopping} onPress={() => void stop(targetId)}>
          Stop without answering
        </Button>
      </div>
      {doing !== null && <WorkingBar words={visibleText(doing.words)} percent={doing.percent} />}
    </>
  );
}

function runningWords({ progress, answering, stopping }: RunningProps["opening"]): string {
  if (stopping) return "Stopping the command, then reading the door again…";
  if (progress?.question != null && answering === null) return "The endpoint waits for your answer.";
  if (answering === "yes") return "You agreed. Waiting for the endpoint, then reading the door again…";
  if (answering === "no") return "You said No. Waiting for the endpoint, then reading the door again…";
  return "Waiting for the endpoint's question…";
}
