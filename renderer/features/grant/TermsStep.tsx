import type { Terms } from "#contract";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Tick } from "../../ui/Tick.tsx";
import { visibleParagraphs } from "../../ui/visibleText.ts";
import { Working } from "../../ui/Working.tsx";
import { Choices } from "./Choices.tsx";
import { Paragraphs } from "./Paragraphs.tsx";
import { TermsText } from "./TermsText.tsx";
import { useWizard } from "./useWizard.ts";

/** The terms the product publishes, in full. The endpoint asks again with its own text when the door is opened. */
export function TermsStep({ targetId }: { readonly targetId: string }) {
  const terms = useFrom("grant", (state) => state.terms[targetId]);
  const read = useFrom("grant", (state) => state.readTerms);
  useStream(`terms ${targetId}`, () => read(targetId));
  if (terms === undefined || terms.phase === "idle" || terms.phase === "waiting")
    return <Working words="Reading the published terms…" />;
  if (terms.phase === "failed")
    return (
      <Trouble
        failure={terms.failure}
        title="The terms could not be read"
        onRetry={() => void read(targetId)}
      />
    );
  return <ReadTerms targetId={targetId} terms={terms.value} />;
}

function ReadTerms({ targetId, terms }: { readonly targetId: string; readonly terms: Terms }) {
  const { wizard, dispatch, problems } = useWizard(targetId);
  if (wizard === undefined) return null;
  const { sha256 } = terms;
  const isRead = wizard.reachedEnd.includes(sha256);
  return (
    <section className="box stack" aria-labelledby="terms-title">
      <h2 id="terms-title">Terms of {terms.product}</h2>
      {problems.terms !== undefined && <Banner kind="danger" title={problems.terms} />}
      <TermsText name="The text of the terms" onEnd={() => dispatch({ type: "reachedEnd", sha256 })}>
        <Paragraphs text={visibleParagraphs(terms.text)} />
        <p className="question-message">
          {visibleParagraphs(terms.message)} <Choices choices={terms.choices} />
        </p>
      </TermsText>
      <Tick
        label="I have read these terms and agree to them"
        on={wizard.ticked.includes(sha256)}
        disabled={!isRead}
        onChange={(on) => dispatch({ type: "ticked", sha256, on })}
      />
      {!isRead && <p className="soft">The tick becomes available at the end of the text.</p>}
      <p className="soft small">
        Source: {terms.source}. SHA-256 of text, message and choices <span className="mono">{sha256}</span>
      </p>
    </section>
  );
}
