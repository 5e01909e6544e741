import type { EndpointReading, RevokeProgress } from "#contract";
import { useEffect, useState } from "react";
import { FactList } from "../../parts/FactList.tsx";
import { SaveReceipt } from "../../parts/ReceiptView.tsx";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { CloseIcon } from "../../ui/icons.ts";
import { utcWords } from "../../ui/timeWords.ts";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";
import { WorkingBar } from "../../ui/WorkingBar.tsx";
import { RevokeHead } from "./RevokeHead.tsx";
import "./Revoke.css";

type RevokePanelProps = { readonly targetId: string; readonly revocation: Revocation };

/**
 * A revoke as facts with a stopwatch; closed only when a fresh reading says so. Once it is over, what it means and what
 * to do stand before how it went.
 */
export function RevokePanel({ targetId, revocation }: RevokePanelProps) {
  const dismiss = useFrom("revoke", (state) => state.dismiss);
  const name = useTarget(targetId)?.target.name ?? targetId;
  const { phase, progress } = revocation;
  const outcome = progress?.outcome ?? null;
  const doing = progress?.doing ?? null;
  const isClosed = outcome?.kind === "closed";
  const [isFolded, setFolded] = useFolded(isClosed);
  const look = `box stack revoke ${lookOf(revocation)}`;
  if (isFolded)
    return (
      <section className={`${look} revoke-folded`} aria-label={`Revoke of ${name}`}>
        <div className="spread">
          <RevokeHead name={name} revocation={revocation} />
          <span className="actions">
            <Button kind="quiet" name={`Show the revoke of ${name}`} onPress={() => setFolded(false)}>
              Show
            </Button>
            <PutAway name={name} onPress={() => dismiss(targetId)} />
          </span>
        </div>
      </section>
    );
  const facts = progress !== null && (
    <details open={phase === "running"}>
      <summary>Facts: {progress.facts.length}</summary>
      <FactList facts={progress.facts} name={`Facts of the revoke of ${name}`} />
    </details>
  );
  const readings = progress !== null && progress.readings.length > 0 && <Readings progress={progress} />;
  return (
    <section className={look} aria-label={`Revoke of ${name}`}>
      <RevokeHead name={name} revocation={revocation} />
      {phase === "running" ? (
        <>
          {doing !== null && <WorkingBar words={visibleText(doing.words)} percent={doing.percent} />}
          {facts}
          {readings}
        </>
      ) : (
        <>
          {outcome?.kind === "notConfirmed" && (
            <NotConfirmed sentence={outcome.because.sentence} addresses={outcome.addressesToBlock} />
          )}
          <div className="actions">
            {!isClosed && <RevokeHold targetId={targetId} targetName={name} />}
            {outcome !== null && <SaveReceipt receipt={outcome.receipt} />}
            <PutAway name={name} onPress={() => dismiss(targetId)} />
          </div>
          {readings}
          {facts}
        </>
      )}
    </section>
  );
}

function PutAway({ name, onPress }: { readonly name: string; readonly onPress: () => void }) {
  return (
    <Button kind="quiet" icon={CloseIcon} name={`Put away the revoke of ${name}`} onPress={onPress}>
      Put away
    </Button>
  );
}

/** How long a proof stands in full before it becomes one line (ms). It stays until somebody puts it away. */
export const foldMilliseconds = 20_000;

/** Folded a while after the proof came; unfolded again it stays so. */
function useFolded(isClosed: boolean): [boolean, (folded: boolean) => void] {
  const [isFolded, setFolded] = useState(false);
  useEffect(() => {
    if (!isClosed) return undefined;
    const timer = setTimeout(() => setFolded(true), foldMilliseconds);
    return () => {
      clearTimeout(timer);
      setFolded(false);
    };
  }, [isClosed]);
  return [isFolded, setFolded];
}

function lookOf({ phase, progress }: Revocation): string {
  if (phase === "running") return "revoke-running";
  return progress?.outcome?.kind === "closed" ? "revoke-closed" : "revoke-danger";
}

function NotConfirmed({
  sentence,
  addresses,
}: {
  readonly sentence: string;
  readonly addresses: readonly string[];
}) {
  return (
    <div className="stack">
      <p>
        <strong>{visibleParagraphs(sentence)}</strong>
      </p>
      <p>Blocked at the firewall, these outbound addresses let no session go on:</p>
      <div className="command">
        <code>{addresses.join("\n")}</code>
        <CopyButton text={addresses.join("\n")} words="Copy the addresses" />
      </div>
    </div>
  );
}

function Readings({ progress }: { readonly progress: RevokeProgress }) {
  return (
    <table className="readings">
      <caption>What each endpoint answered</caption>
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col">Active grants</th>
          <th scope="col">Live sessions</th>
          <th scope="col">Read at</th>
        </tr>
      </thead>
      <tbody>
        {progress.readings.map((reading) => (
          <ReadingRow key={reading.endpoint} reading={reading} />
        ))}
      </tbody>
    </table>
  );
}

function ReadingRow({ reading }: { readonly reading: EndpointReading }) {
  return (
    <tr>
      <th scope="row">{reading.endpoint}</th>
      {reading.failure === null ? (
        <>
          <td>{countWords(reading.activeGrants)}</td>
          <td>{countWords(reading.liveSessions)}</td>
        </>
      ) : (
        <td colSpan={2}>{visibleParagraphs(reading.failure.sentence)}</td>
      )}
      <td>{reading.readAt === null ? "not read" : utcWords(Date.parse(reading.readAt))}</td>
    </tr>
  );
}

function countWords(count: number | null): string {
  return count === null ? "not known" : count === 0 ? "none" : String(count);
}
