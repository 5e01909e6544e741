import type { Door, GrantOutcome } from "#contract";
import { mayBeOpen, printedLevel } from "../../parts/doorWords.ts";
import { SaveReceipt } from "../../parts/ReceiptView.tsx";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { AgainIcon, OverviewIcon } from "../../ui/icons.ts";
import { localWords, utcRemark, utcWords, withTimeWords } from "../../ui/timeWords.ts";
import { visibleParagraphs } from "../../ui/visibleText.ts";

type OutcomePanelProps = { readonly targetId: string; readonly outcome: GrantOutcome };

/** What a fresh reading showed, and nothing before it did. */
export function OutcomePanel({ targetId, outcome }: OutcomePanelProps) {
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const discard = useFrom("grant", (state) => state.discard);
  const go = useFrom("route", (state) => state.go);
  const overview = useTarget(targetId);
  const target = overview?.target;
  const door = overview?.door ?? null;
  const name = target?.name ?? "the target";
  const toOverview = (): void => {
    go({ screen: "overview" });
    discard(targetId);
  };
  return (
    <section className="stack" aria-label="Outcome">
      <Words outcome={outcome} door={door} />
      {outcome.kind === "granted" && target?.practice === true && (
        <p>
          The practice engineer comes in by itself, usually within half a minute. The overview shows it, and
          the door then says Inside.
        </p>
      )}
      <div className="actions">
        <Button kind="main" icon={OverviewIcon} onPress={toOverview}>
          To the overview
        </Button>
        {outcome.kind !== "granted" && (
          <Button icon={AgainIcon} onPress={() => dispatch(targetId, { type: "again" })}>
            Back to the review
          </Button>
        )}
        {mayRevoke(outcome, door) && <RevokeHold targetId={targetId} targetName={name} />}
        <SaveReceipt receipt={outcome.receipt} />
      </div>
    </section>
  );
}

type WordsProps = { readonly outcome: GrantOutcome; readonly door: Door | null };

function Words({ outcome, door }: WordsProps) {
  const stays = afterNothing(door);
  switch (outcome.kind) {
    case "granted": {
      const { grant } = outcome;
      const until = grant.expiresAt === null ? null : Date.parse(grant.expiresAt);
      const isPast = isShutSince(door, outcome.receipt.finishedAt);
      const when = until === null ? "its end was not printed" : `expires at ${utcWords(until)}`;
      return (
        <Banner
          kind={isPast ? "plain" : "good"}
          title={isPast ? `Was confirmed open, ${when}; the door is shut by now` : `Confirmed open, ${when}`}
        >
          {printedLevel(grant)}
          {until !== null && utcRemark(until) !== "" && `, until ${localWords(until)} on this workstation`}.{" "}
          {withTimeWords(outcome.receipt.stateAfter)}
        </Banner>
      );
    }
    case "declined":
      return (
        <Banner kind="plain" title={`Declined: ${stays}`}>
          You said No. {withTimeWords(outcome.receipt.stateAfter)}
        </Banner>
      );
    case "notGranted":
      return (
        <Banner kind="warning" title={`Not granted: ${stays}`}>
          {visibleParagraphs(withTimeWords(outcome.receipt.stateAfter))}
        </Banner>
      );
    case "notKnown":
      return (
        <Banner kind="danger" title="Not known: treat the door as open">
          {visibleParagraphs(outcome.because.sentence)} Revoke now, or sign in and read the door again. When
          no endpoint answers, block its outbound addresses at the firewall.
        </Banner>
      );
    default:
      return outcome satisfies never;
  }
}

/** What an opening that came to nothing leaves, as far as it is read: neither shut nor open is said without that. */
function afterNothing(door: Door | null): string {
  if (door?.state === "closed") return "the door stays shut";
  const isOpen = door?.state === "open" || door?.state === "inside";
  return isOpen ? "the grant from before goes on" : "nothing was opened by this";
}

/** Nothing proves that the door is shut; a reading from before a grant does not. */
function mayRevoke(outcome: GrantOutcome, door: Door | null): boolean {
  if (outcome.kind === "notKnown") return true;
  if (outcome.kind === "granted") return !isShutSince(door, outcome.receipt.finishedAt);
  return door !== null && mayBeOpen(door);
}

/** A reading from after the outcome shows it shut. */
const isShutSince = (door: Door | null, at: string): boolean =>
  door?.state === "closed" && door.answeredAt !== null && Date.parse(door.answeredAt) > Date.parse(at);
