import type { OutlineEntry, TranscriptFacts } from "#contract";
import { memo, useEffect, useEffectEvent, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { rowWindow } from "../../ui/rowWindow.ts";
import { useRem } from "../../ui/useRem.ts";
import { useViewport } from "../../ui/useViewport.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { argumentLine, classWord, shownEntries } from "./outlineWords.ts";

type OutlinePaneProps = {
  readonly facts: TranscriptFacts;
  readonly current: number | null;
  readonly onGoTo: (line: number) => void;
};

/** Three lines of text an entry (rem): its name, how it is classed, its arguments. */
const entryRems = 4;

/** One row an operation. `p` shows the plumbing or folds it away. Pages of the text that come do not concern it. */
export const OutlinePane = memo(function OutlinePane({ facts, current, onGoTo }: OutlinePaneProps) {
  const [withPlumbing, setWithPlumbing] = useState(false);
  const entryHeight = entryRems * useRem();
  const [ref, viewport] = useViewport<HTMLDivElement>();
  const toggle = useEffectEvent(() => setWithPlumbing(!withPlumbing));
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select") !== null;
      if (event.key === "p" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping) toggle();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  const entries = shownEntries(facts.outline, withPlumbing);
  const folded = facts.outline.length - shownEntries(facts.outline, false).length;
  const drawn = rowWindow(entries.length, entryHeight, viewport.scrollTop, viewport.height);
  return (
    <section className="pane pane-outline" aria-labelledby="outline-title">
      <div className="spread">
        <h2 id="outline-title">Operations</h2>
        <span className="soft small numbers">
          {entries.length} of {facts.operations}
        </span>
      </div>
      <div className="outline" ref={ref}>
        <ol style={{ height: drawn.height }} className="outline-all">
          {entries.slice(drawn.from, drawn.to).map((entry, place) => (
            <li key={entry.line} style={{ top: drawn.top + place * entryHeight }}>
              <Entry entry={entry} isCurrent={entry.line === current} onGoTo={onGoTo} />
            </li>
          ))}
        </ol>
        {entries.length === 0 && (
          <p className="soft outline-none">
            {folded === 0
              ? "No operation in this transcript yet."
              : "Nothing yet but the plumbing of the remoting client."}
          </p>
        )}
      </div>
      {folded > 0 && (
        <Button kind="quiet" pressed={withPlumbing} onPress={() => setWithPlumbing(!withPlumbing)}>
          {withPlumbing ? "Fold plumbing away (p)" : `Show plumbing, ${folded} more (p)`}
        </Button>
      )}
    </section>
  );
});

type EntryProps = {
  readonly entry: OutlineEntry;
  readonly isCurrent: boolean;
  readonly onGoTo: (line: number) => void;
};

function Entry({ entry, isCurrent, onGoTo }: EntryProps) {
  const line = visibleText(argumentLine(entry));
  return (
    <button
      type="button"
      className={`entry entry-${entry.class}`}
      aria-current={isCurrent ? "true" : undefined}
      title={line === "" ? entry.name : `${entry.name} ${line}`}
      onClick={() => onGoTo(entry.line)}
    >
      <span className="entry-name">{visibleText(entry.name)}</span>
      <span className="entry-note">
        <span className={entry.class === "aboveLevel" ? "badge badge-danger" : "entry-class"}>
          {classWord(entry)}
        </span>
        {entry.failed && <span className="badge badge-danger">error</span>}
        {entry.destructive && <span className="badge badge-danger">destructive</span>}
        {entry.exports && <span className="badge badge-open">data out</span>}
      </span>
      <span className="entry-arguments">{line === "" ? "no arguments" : line}</span>
    </button>
  );
}
