import { useState } from "react";
import type { ReactNode } from "react";
import { useFrom } from "../../stores/storesContext.ts";
import { lineOf } from "../../stores/transcriptVersion.ts";
import type { TranscriptVersion } from "../../stores/transcriptVersion.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { VirtualText } from "../../ui/VirtualText.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { FindBar } from "./FindBar.tsx";
import type { Find } from "./FindBar.tsx";

const noMarks: readonly number[] = [];

type TextPaneProps = {
  readonly version: TranscriptVersion;
  /** What folds the panes beside it. */
  readonly children: ReactNode;
};

/** The machine's words, line by line, and what was looked for in them. */
export function TextPane({ version, children }: TextPaneProps) {
  const need = useFrom("transcript", (state) => state.need);
  const showWhole = useFrom("transcript", (state) => state.showWhole);
  const [find, setFind] = useState<Find>({ text: "", matchCase: false });
  const { facts, found, place, wholeLine } = version;
  const marks = found.phase === "done" && find.text !== "" ? found.value.lines : noMarks;
  const line = (number: number): string | undefined => lineOf(version, number);
  const close = (): void => showWhole(null);
  return (
    <section className="pane pane-text" aria-label="Text">
      <div className="text-tools">
        <FindBar find={find} onFind={setFind} found={found} current={place?.line ?? null} />
        <div className="actions">{children}</div>
      </div>
      <VirtualText
        name="Transcript text"
        text={facts.transcriptId}
        lines={facts.lines}
        line={line}
        onNeed={need}
        goTo={place}
        current={place?.line ?? null}
        find={find.text === "" ? null : find}
        marks={marks}
        followEnd={facts.live}
        onWholeLine={showWhole}
      />
      {wholeLine !== null && (
        <PageDialog
          wide
          title={`Line ${wholeLine}`}
          onClose={close}
          actions={
            <Button kind="main" onPress={close}>
              Close
            </Button>
          }
        >
          <pre>{visibleText(line(wholeLine) ?? "")}</pre>
        </PageDialog>
      )}
    </section>
  );
}
