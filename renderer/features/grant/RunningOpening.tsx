import { levelWords } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { RunningOpening } from "../../stores/opening.ts";
import { parseMinutes } from "../../stores/parseMinutes.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ShutIcon } from "../../ui/icons.ts";
import { minutesWords } from "../../ui/timeWords.ts";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";
import { Working } from "../../ui/Working.tsx";
import { WorkingBar } from "../../ui/WorkingBar.tsx";
import { QuestionPanel } from "./QuestionPanel.tsx";
import { isPastQuestion, stageWords } from "./stageWords.ts";
import { useWizard } from "./useWizard.ts";

type RunningProps = { readonly targetId: string; readonly opening: RunningOpening };

/** An opening on its way: what is asked for, the question, and what can still be done. */
export function Running({ targetId, opening }: RunningProps) {
  const question = opening.progress?.question ?? null;
  const doing = opening.progress?.doing ?? null;
  return (
    <>
      <Asked targetId={targetId} opening={opening} />
      {opening.failure !== null && <NotTaken opening={opening} />}
      {question !== null && (
        <QuestionPanel key={question.questionId} targetId={targetId} question={question} />
      )}
      <div className="spread">
        <Working words={stageWords(opening)} />
        <Stops targetId={targetId} opening={opening} />
      </div>
      {doing !== null && <WorkingBar words={visibleText(doing.words)} percent={doing.percent} />}
    </>
  );
}

/** Level, time and reason in one line: an opening may be another's. */
function Asked({ targetId, opening: { request } }: RunningProps) {
  const { wizard } = useWizard(targetId);
  if (wizard === undefined) return null;
  const { level, operator, reason, caseNumber } = request ?? wizard.draft;
  const typed = parseMinutes(wizard.draft.minutes);
  const minutes = request?.minutes ?? (typed.kind === "minutes" ? typed.minutes : null);
  return (
    <p className="soft">
      {levelWords(level)}
      {minutes !== null && ` for ${minutesWords(minutes)}`}, asked for by {operator}: {reason}
      {caseNumber !== "" && `, case ${caseNumber}`}
    </p>
  );
}

/** An answer that came second is no failure: the question was answered. */
function NotTaken({ opening: { failure } }: { readonly opening: RunningOpening }) {
  if (failure === null) return null;
  if (failure.code === "notFound")
    return (
      <Banner kind="plain" title="The question was answered already, or the command was stopped">
        {visibleParagraphs(failure.sentence)}
      </Banner>
    );
  return <Trouble failure={failure} title="That did not reach the endpoint" />;
}

/** Before the answer a stop leaves none; after it, it ends the waiting alone, and Revoke is what shuts the door. */
function Stops({ targetId, opening }: RunningProps) {
  const stop = useFrom("grant", (state) => state.stop);
  const name = useTarget(targetId)?.target.name ?? "the target";
  const isPast = isPastQuestion(opening);
  return (
    <span className="actions">
      {isPast && opening.answering !== "no" && <RevokeHold targetId={targetId} targetName={name} />}
      <Button icon={ShutIcon} disabled={opening.stopping} onPress={() => void stop(targetId)}>
        {isPast ? "Stop waiting" : "Stop without answering"}
      </Button>
    </span>
  );
}
