import type { TranscriptFacts } from "#contract";
import { useEffect, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { pageLines } from "../../stores/createTranscriptStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { DownIcon, UpIcon } from "../../ui/icons.ts";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { Tick } from "../../ui/Tick.tsx";
import { VirtualText } from "../../ui/VirtualText.tsx";
import { visibleText } from "../../ui/visibleText.ts";

/** A line to bring into view; a new object each time, so that the same line can be gone to again. */
export type Place = { readonly line: number };

type TextPaneProps = {
  readonly facts: TranscriptFacts;
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
  /** What folds the panes beside it. */
  readonly children: ReactNode;
};

/** The machine's words, line by line, and what was looked for in them. */
export function TextPane({ facts, place, onPlace, children }: TextPaneProps) {
  const pages = useFrom("transcript", (state) => state.pages);
  const need = useFrom("transcript", (state) => state.need);
  const [find, setFind] = useState({ text: "", matchCase: false });
  const [whole, setWhole] = useState<number | null>(null);
  const line = (number: number): string | undefined =>
    pages.get(Math.floor((number - 1) / pageLines))?.[(number - 1) % pageLines];
  return (
    <section className="pane pane-text" aria-label="Text">
      <div className="text-tools">
        <FindBar
          find={find}
          onFind={setFind}
          current={place?.line ?? null}
          onPlace={onPlace}
          lines={facts.lines}
        />
        <div className="actions">{children}</div>
      </div>
      <VirtualText
        name="Transcript text"
        lines={facts.lines}
        line={line}
        onNeed={need}
        goTo={place}
        current={place?.line ?? null}
        find={find.text === "" ? null : find}
        followEnd={facts.live}
        onWholeLine={setWhole}
      />
      {whole !== null && (
        <PageDialog
          wide
          title={`Line ${whole}`}
          onClose={() => setWhole(null)}
          actions={
            <Button kind="main" onPress={() => setWhole(null)}>
              Close
            </Button>
          }
        >
          <pre>{visibleText(line(whole) ?? "")}</pre>
        </PageDialog>
      )}
    </section>
  );
}

type Find = { readonly text: string; readonly matchCase: boolean };

type FindBarProps = {
  readonly find: Find;
  readonly onFind: (find: Find) => void;
  readonly current: number | null;
  readonly onPlace: (place: Place) => void;
  readonly lines: number;
};

/** Pause in typing before the console is asked (ms). */
const pauseMilliseconds = 250;

function FindBar({ find, onFind, current, onPlace, lines }: FindBarProps) {
  const found = useFrom("transcript", (state) => state.found);
  const search = useFrom("transcript", (state) => state.find);
  useEffect(() => {
    const timer = setTimeout(() => void search(find.text, find.matchCase), pauseMilliseconds);
    return () => clearTimeout(timer);
    // A live text that grew is searched again.
  }, [find, search, lines]);
  const hits = found.phase === "done" ? found.value.lines : [];
  const step = (by: 1 | -1): void => {
    const next = neighbour(hits, current, by);
    if (next !== undefined) onPlace({ line: next });
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  return (
    <search className="find">
      <TextField
        label="Find in the text"
        type="search"
        value={find.text}
        onKeyDown={keyDown}
        onChange={(text) => onFind({ ...find, text: text.slice(0, 500) })}
      />
      <Tick label="Match case" on={find.matchCase} onChange={(matchCase) => onFind({ ...find, matchCase })} />
      <Button icon={UpIcon} name="Previous line found" disabled={hits.length === 0} onPress={() => step(-1)}>
        Previous
      </Button>
      <Button icon={DownIcon} name="Next line found" disabled={hits.length === 0} onPress={() => step(1)}>
        Next
      </Button>
      <output className="soft numbers">{find.text !== "" && foundWords(found, hits, current)}</output>
    </search>
  );
}

function foundWords(
  found: { readonly phase: string; readonly value?: { readonly total: number } },
  hits: readonly number[],
  current: number | null,
): string {
  if (found.phase === "failed") return "The search did not work; type again to repeat it";
  if (found.phase !== "done") return "Looking…";
  const total = found.value?.total ?? 0;
  if (total === 0) return "No line holds that";
  const at = current === null ? -1 : hits.indexOf(current);
  return at === -1 ? `${total} lines` : `${at + 1} of ${total} lines`;
}

/** The next line found after the current one, going round at the ends. */
function neighbour(hits: readonly number[], current: number | null, by: 1 | -1): number | undefined {
  if (by === 1) return hits.find((line) => current === null || line > current) ?? hits[0];
  return hits.findLast((line) => current !== null && line < current) ?? hits.at(-1);
}
