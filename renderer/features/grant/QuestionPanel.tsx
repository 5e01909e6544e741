import type { Question } from "#contract";
import { useEffect, useRef } from "react";
import type { KeyboardEvent } from "react";
import { runningGrant } from "../../parts/doorWords.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Tick } from "../../ui/Tick.tsx";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";
import { diffWords } from "./diffWords.ts";
import { Paragraphs } from "./Paragraphs.tsx";
import { TermsText } from "./TermsText.tsx";
import { useWizard } from "./useWizard.ts";

type QuestionPanelProps = { readonly targetId: string; readonly question: Question };

/** The endpoint's own question. Nothing is chosen beforehand, Yes and No are alike, and Enter answers neither. */
export function QuestionPanel({ targetId, question }: QuestionPanelProps) {
  const { wizard, dispatch } = useWizard(targetId);
  const terms = useFrom("grant", (state) => state.terms[targetId]);
  const answer = useFrom("grant", (state) => state.answer);
  const door = useTarget(targetId)?.door;
  const isChange = door !== undefined && runningGrant(door) !== null;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [question.questionId]);
  if (wizard?.opening.phase !== "running") return null;
  const published = terms?.phase === "done" ? terms.value : null;
  const wasTicked =
    question.sameAsPublished && published !== null && wizard.ticked.includes(published.sha256);
  const { sha256 } = question;
  const mayAgree = wasTicked || wizard.ticked.includes(sha256);
  const { answering } = wizard.opening;
  const give = (which: "yes" | "no"): void => {
    if (answering === null && (which === "no" || mayAgree)) void answer(targetId, question.questionId, which);
  };
  return (
    <section className="box stack question" aria-labelledby="question-title">
      <h2 id="question-title" tabIndex={-1} ref={title}>
        {question.endpoint} asks
      </h2>
      {!wasTicked && (
        <Banner kind="warning" title="This is not the text that you ticked">
          {published === null
            ? "The published terms are not at hand to compare it with. Read it to its end and tick it before you agree."
            : "What differs from the published terms is marked. Read it to its end and tick it before you agree."}
        </Banner>
      )}
      {question.sentNoText && (
        <Banner kind="warning" title={`${question.endpoint} sent no text with its question`}>
          This is the text that the product publishes.
        </Banner>
      )}
      <TermsText
        name={`The question of ${question.endpoint}`}
        onEnd={() => dispatch({ type: "reachedEnd", sha256 })}
      >
        {wasTicked || published === null ? (
          <Paragraphs text={visibleParagraphs(question.text)} />
        ) : (
          <Difference before={published.text} after={question.text} />
        )}
        <p className="question-message">{visibleParagraphs(question.message)}</p>
      </TermsText>
      {!wasTicked && (
        <Tick
          label="I have read this text and agree to it"
          on={wizard.ticked.includes(sha256)}
          disabled={!wizard.reachedEnd.includes(sha256)}
          onChange={(on) => dispatch({ type: "ticked", sha256, on })}
        />
      )}
      <div className="answers">
        <Button disabled={!mayAgree || answering !== null} onKeyDown={notEnter} onPress={() => give("yes")}>
          {isChange ? "Yes, change the grant" : "Yes, open the door"}
        </Button>
        <Button disabled={answering !== null} onKeyDown={notEnter} onPress={() => give("no")}>
          {isChange ? "No, leave it as it is" : "No, keep it shut"}
        </Button>
      </div>
      <p className="soft small">
        Click an answer, or go to it and press Space; Enter answers nothing. The endpoint offers:{" "}
        {question.choices.map((choice) => visibleText(choice.replace("&", ""))).join(", ")}.
      </p>
      <p className="soft small">
        SHA-256 of this text <span className="mono">{sha256}</span>
      </p>
    </section>
  );
}

function notEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}

function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <div className="difference">
      {diffWords(visibleParagraphs(before), visibleParagraphs(after)).map((piece, place) => {
        if (piece.kind === "added")
          return (
            <ins key={place}>
              <span className="only-heard">added: </span>
              {piece.text}
            </ins>
          );
        if (piece.kind === "removed")
          return (
            <del key={place}>
              <span className="only-heard">missing: </span>
              {piece.text}
            </del>
          );
        return <span key={place}>{piece.text}</span>;
      })}
    </div>
  );
}
