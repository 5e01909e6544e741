import { addressesToBlock } from "#contract";
import type { RevokeProgress } from "#contract";
import { CommandLine } from "../../parts/CommandLine.tsx";
import { FactList } from "../../parts/FactList.tsx";
import { SaveReceipt } from "../../parts/ReceiptView.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { AgainIcon } from "../../ui/icons.ts";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";
import { WorkingBar } from "../../ui/WorkingBar.tsx";
import { Readings } from "./Readings.tsx";

type RevokeDetailsProps = {
  readonly targetId: string;
  readonly name: string;
  readonly revocation: Revocation;
};

/** What a revoke means and what to do, before how it went. */
export function RevokeDetails({ targetId, name, revocation }: RevokeDetailsProps) {
  const { phase, progress, failure } = revocation;
  const outcome = progress?.outcome ?? null;
  const doing = progress?.doing ?? null;
  if (phase === "notSent") return <NotSent targetId={targetId} />;
  return (
    <div className="stack">
      {phase === "running" && doing !== null && (
        <WorkingBar words={visibleText(doing.words)} percent={doing.percent} />
      )}
      {phase === "lost" && failure !== null && (
        <p>{lostWords(revocation, visibleParagraphs(failure.sentence))}</p>
      )}
      {progress?.taken === false && outcome?.kind !== "closed" && (
        <p>
          <strong>Nothing was revoked yet: no endpoint took the command.</strong>
        </p>
      )}
      {outcome?.kind === "notConfirmed" && (
        <>
          <p>
            <strong>{visibleParagraphs(outcome.because.sentence)}</strong>
          </p>
          <GoesOn targetId={targetId} isAskable={outcome.because.code !== "commandMissing"} />
          <Addresses addresses={outcome.addressesToBlock} />
        </>
      )}
      {progress !== null && <ShellsOffer targetId={targetId} progress={progress} />}
      {outcome !== null && <SaveReceipt receipt={outcome.receipt} />}
      {progress !== null && progress.readings.length > 0 && <Readings readings={progress.readings} />}
      {progress !== null && <FactList facts={progress.facts} name={`Facts of the revoke of ${name}`} />}
    </div>
  );
}

/** Only what was seen goes on: the console has it, whether this page looks or not. */
function lostWords({ failure, progress }: Revocation, sentence: string): string {
  return failure?.code === "channelLost" && progress !== null
    ? `${sentence} The revoke was seen under way: it goes on in the console, and is shown here when page and console are together again.`
    : sentence;
}

/** Where an endpoint has no shell left for the account, the operator can look at what holds them, and end it. */
function ShellsOffer({
  targetId,
  progress,
}: {
  readonly targetId: string;
  readonly progress: RevokeProgress;
}) {
  const open = useFrom("dialogs", (state) => state.open);
  const isTaken = progress.readings.some(({ failure }) => failure?.code === "quota");
  if (!isTaken || progress.outcome?.kind === "closed") return null;
  return (
    <div className="actions">
      <span>All shells of an endpoint are taken.</span>
      <Button onPress={() => open({ kind: "shells", targetId })}>See what holds them</Button>
    </div>
  );
}

/** The console goes on by itself as long as somebody is signed in. */
function GoesOn({ targetId, isAskable }: { readonly targetId: string; readonly isAskable: boolean }) {
  const isSignedIn = useTarget(targetId)?.signedIn === true;
  const isSeen = useFrom("link", (state) => state.phase === "connected");
  if (!isSeen) return null;
  if (!isAskable)
    return (
      <p>
        It is read again by itself, and becomes confirmed when every endpoint that may hold a grant shows
        none.
      </p>
    );
  return (
    <p>
      {isSignedIn
        ? "It is still asked again every 30 seconds; it becomes confirmed when every endpoint that may hold a grant shows none."
        : "Nobody is signed in to this target, so it is not asked again: sign in, then revoke again."}
    </p>
  );
}

function NotSent({ targetId }: { readonly targetId: string }) {
  const commands = useFrom("commands", (state) => state.byPlace[`${targetId}/`]);
  const line = commands?.phase === "done" ? commands.value.revoke.cli : null;
  const isApart = useFrom("link", (state) => state.phase === "lost");
  const connectAgain = useFrom("link", (state) => state.connectAgain);
  return (
    <div className="stack">
      <p>
        {isApart
          ? "This page and the console are apart: no answer to the revoke came, and it is never sent by itself later. Connect again, then revoke again. Or shut the door without this page:"
          : "This page and the console were apart when the revoke was asked for, and it is never sent by itself later: revoke again. Or shut the door without this page:"}
      </p>
      {isApart && (
        <div className="actions">
          <Button icon={AgainIcon} onPress={connectAgain}>
            Connect again
          </Button>
        </div>
      )}
      {line !== null && (
        <CommandLine label="The same revoke from a shell of the console's machine" line={line} />
      )}
      <Addresses addresses={addressesToBlock} />
    </div>
  );
}

function Addresses({ addresses }: { readonly addresses: readonly string[] }) {
  return (
    <figure>
      <figcaption className="soft">
        Blocked at the firewall, these outbound addresses let no session go on
      </figcaption>
      <div className="command">
        <code>{addresses.join("\n")}</code>
        <CopyButton text={addresses.join("\n")} words="Copy the addresses" />
      </div>
    </figure>
  );
}
