import type { TranscriptFacts } from "#contract";
import { useDeferredValue, useState } from "react";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import type { TranscriptVersion } from "../../stores/transcriptVersion.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { SaveIcon, SessionsIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { useMediaQuery } from "../../ui/useMediaQuery.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { Working } from "../../ui/Working.tsx";
import { FactsPane } from "./FactsPane.tsx";
import { OutlinePane } from "./OutlinePane.tsx";
import { TextPane } from "./TextPane.tsx";
import "./Transcript.css";

type TranscriptScreenProps = { readonly targetId: string; readonly sessionId: string };

/** One session's transcript: outline, text, facts. */
export function TranscriptScreen({ targetId, sessionId }: TranscriptScreenProps) {
  const version = useFrom("transcript", (state) => state.version);
  const isOurs = useFrom("transcript", (state) => state.key === `${targetId}/${sessionId}`);
  const open = useFrom("transcript", (state) => state.open);
  const go = useFrom("route", (state) => state.go);
  const [tries, setTries] = useState(0);
  useStream(`transcript ${targetId} ${sessionId} ${tries}`, (signal) => open(targetId, sessionId, signal));
  const overview = useTarget(targetId);
  const current = isOurs && version.phase === "done" ? version.value : null;
  // Drawn in pieces beside everything else: the panes are too much for one task. All of them draw the same version.
  const shown = useDeferredValue(current, null);
  const isComing = current !== null && shown === null;
  return (
    <div className="fill">
      <PageHeader
        title="Transcript"
        note={
          <>
            Session <span className="mono">{visibleText(sessionId)}</span> on{" "}
            {overview?.target.name ?? targetId}
            {shown !== null && <Age facts={shown.facts} />}
          </>
        }
        actions={
          <>
            {overview !== null && mayBeOpen(overview.door) && (
              <RevokeHold targetId={targetId} targetName={overview.target.name} />
            )}
            {current !== null && <ExportText sessionId={sessionId} />}
            <Button icon={SessionsIcon} onPress={() => go({ screen: "sessions", targetId })}>
              All sessions
            </Button>
          </>
        }
      />
      {isOurs && version.phase === "failed" && (
        <Trouble
          failure={version.failure}
          title="The transcript could not be read"
          targetId={targetId}
          onRetry={() => setTries(tries + 1)}
        />
      )}
      {(!isOurs || version.phase === "waiting" || version.phase === "idle" || isComing) && (
        <Working words="Reading the transcript from the target…" />
      )}
      {shown !== null && <Panes version={shown} targetId={targetId} />}
    </div>
  );
}

function Age({ facts }: { readonly facts: TranscriptFacts }) {
  return (
    <>
      {" · "}
      {facts.live ? "live, text read " : "ended, text read "}
      <RelativeTime at={facts.readAt} />
    </>
  );
}

function ExportText({ sessionId }: { readonly sessionId: string }) {
  const exportText = useFrom("transcript", (state) => state.exportText);
  const exporting = useFrom("transcript", (state) => state.exporting);
  return (
    <>
      {exporting.phase === "done" && <Working words={`Collected ${exporting.value} characters…`} />}
      {exporting.phase === "failed" && <span role="alert">Not saved: {exporting.failure.sentence}</span>}
      <Button
        icon={SaveIcon}
        disabled={exporting.phase === "done"}
        onPress={() => void exportText((text) => saveFile(`transcript-${sessionId}.txt`, text, "text/plain"))}
      >
        Save as text
      </Button>
    </>
  );
}

function Panes({ version, targetId }: { readonly version: TranscriptVersion; readonly targetId: string }) {
  const { facts, place } = version;
  const goTo = useFrom("transcript", (state) => state.goTo);
  const trouble = useFrom("transcript", (state) => state.trouble);
  const isWide = useMediaQuery("(min-width: 1400px)");
  const [wantsFacts, setWantsFacts] = useState<boolean | null>(null);
  const [hasOutline, setHasOutline] = useState(true);
  const hasFacts = wantsFacts ?? isWide;
  return (
    <>
      {trouble.phase === "failed" && trouble.failure.code !== "channelLost" && (
        <Trouble
          kind="warning"
          failure={trouble.failure}
          title="The newest reading did not work: the text may have gone on"
          targetId={targetId}
        />
      )}
      {facts.warnings.map((warning) => (
        <Banner key={warning} kind="warning" title={visibleText(warning)} />
      ))}
      <div className="panes" data-outline={hasOutline} data-facts={hasFacts}>
        {hasOutline && <OutlinePane facts={facts} current={place?.line ?? null} onGoTo={goTo} />}
        <TextPane version={version}>
          <Button pressed={hasOutline} onPress={() => setHasOutline(!hasOutline)}>
            Operations
          </Button>
          <Button pressed={hasFacts} onPress={() => setWantsFacts(!hasFacts)}>
            Facts
          </Button>
        </TextPane>
        {hasFacts && <FactsPane facts={facts} />}
      </div>
    </>
  );
}
