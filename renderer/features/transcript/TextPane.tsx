import type { TranscriptFacts } from "#contract";
import { useState } from "react";
import type { ReactNode } from "react";
import { pageLines } from "../../stores/createTranscriptStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { VirtualText } from "../../ui/VirtualText.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { FindBar } from "./FindBar.tsx";
import type { Find, Place } from "./FindBar.tsx";

const noMarks: readonly number[] = [];

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
  const marks = useFrom("transcript", ({ found }) => (found.phase === "done" ? found.value.lines : noMarks));
  const [find, setFind] = useState<Find>({ text: "", matchCase: false });
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
        marks={find.text === "" ? noMarks : marks}
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
