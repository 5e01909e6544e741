import { FactList } from "../../parts/FactList.tsx";
import { LostPanel } from "./LostPanel.tsx";
import { OutcomePanel } from "./OutcomePanel.tsx";
import { Running } from "./RunningOpening.tsx";
import { useWizard } from "./useWizard.ts";

/** The opening as it goes: facts, the endpoint's question, and what came of it. */
export function OpeningStep({ targetId }: { readonly targetId: string }) {
  const { wizard } = useWizard(targetId);
  const opening = wizard?.opening;
  if (opening === undefined || opening.phase === "none") return null;
  const facts = opening.phase === "ended" ? opening.receipt.facts : (opening.progress?.facts ?? []);
  const title = opening.phase === "running" ? "What happened so far" : "What happened";
  return (
    <div className="flow-inner">
      {opening.phase === "ended" && <OutcomePanel targetId={targetId} receipt={opening.receipt} />}
      {opening.phase === "lost" && <LostPanel targetId={targetId} opening={opening} />}
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
