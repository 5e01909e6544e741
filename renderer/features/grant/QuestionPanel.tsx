import type { Question } from "#contract";
import { useEffect, useRef, useState } from "react";
import { useStream } from "../../parts/useStream.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Tick } from "../../ui/Tick.tsx";
import { visibleParagraphs } from "../../ui/visibleText.ts";
import { Answers } from "./Answers.tsx";
import { Choices } from "./Choices.tsx";
import { Difference } from "./Difference.tsx";
import { Paragraphs } from "./Paragraphs.tsx";
import { TermsText } from "./TermsText.tsx";
import { useWizard } from "./useWizard.ts";
import { wholeOf } from "./wholeOf.ts";

type QuestionPanelProps = { readonly targetId: string; readonly question: Question };

/**
 * The endpoint's own question. What was ticked in the wizard counts for exactly the same text, message and choices;
 * anything else is marked and ticked anew. What is asked, and what may be answered, stands beside Yes and No.
 */
export function QuestionPanel({ targetId, question }: QuestionPanelProps) {
  const { wizard, dispatch } = useWizard(targetId);
  const readTerms = useFrom("grant", (state) => state.readTerms);
  const terms = useFrom("grant", (state) => state.terms[targetId]);
  useStream(`terms ${targetId}`, () => readTerms(targetId));
  const { sha256 } = question;
  const [wasTicked] = useState(() => wizard?.ticked.includes(sha256) === true);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  if (wizard?.opening.phase !== "running") return null;
  const published = terms?.phase === "done" ? terms.value : null;
  const differs = published !== null && published.sha256 !== sha256;
  return (
    <section className="box stack question" aria-labelledby="question-title">
      <h2 id="question-title" tabIndex={-1} ref={title} data-asks>
        {question.endpoint} asks
      </h2>
      {!wasTicked && (
        <Banner kind="warning" title={tickTitle(differs, question)}>
          {published === null
            ? "The published terms are not at hand to compare it with. Read it to its end and tick it before you agree."
            : differs
              ? "What differs from the published terms is marked, in text, message and choices. Read it to its end and tick it before you agree."
              : "It is the text that the product publishes. Read it to its end and tick it before you agree."}
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
        {differs ? (
          <Difference before={wholeOf(published)} after={question.whole} />
        ) : (
          <Paragraphs text={visibleParagraphs(question.text)} />
        )}
      </TermsText>
      {!wasTicked && (
        <Tick
          label="I have read this text and agree to it"
          on={wizard.ticked.includes(sha256)}
          disabled={!wizard.reachedEnd.includes(sha256)}
          onChange={(on) => dispatch({ type: "ticked", sha256, on })}
        />
      )}
      <p className="question-message">
        {visibleParagraphs(question.message).trim()} <Choices choices={question.choices} />
      </p>
      <Answers
        targetId={targetId}
        questionId={question.questionId}
        mayAgree={wizard.ticked.includes(sha256)}
        answering={wizard.opening.answering}
      />
      <p className="soft small">
        Click an answer, or go to it and press Space; Enter answers nothing. SHA-256 of text, message and
        choices <span className="mono">{sha256}</span>
      </p>
    </section>
  );
}

function tickTitle(differs: boolean, { sameAsPublished }: Question): string {
  if (!differs) return "This was not ticked on this page yet";
  return sameAsPublished
    ? "This is not to the letter what the product publishes: its white space differs"
    : "This is not the text that the product publishes";
}
