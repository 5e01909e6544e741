import type { Door, Receipt } from "#contract";
import { levelWords } from "../../parts/doorWords.ts";
import { Banner } from "../../ui/Banner.tsx";
import { localWords, utcRemark, utcWords, withTimeWords } from "../../ui/timeWords.ts";
import { visibleParagraphs } from "../../ui/visibleText.ts";
import { afterNothing, doorSince } from "./doorSince.ts";

type OutcomeWordsProps = { readonly receipt: Receipt; readonly door: Door | null };

/** What came of an opening, as a fresh reading showed it, and as the door is by now. */
export function OutcomeWords({ receipt, door }: OutcomeWordsProps) {
  const stateAfter = visibleParagraphs(withTimeWords(receipt.stateAfter));
  switch (receipt.outcome) {
    case "granted":
      return <Granted receipt={receipt} isPast={doorSince(door, receipt) === "shut"} />;
    case "declined":
      return (
        <Banner kind="plain" title={`Declined: ${afterNothing(door)}`}>
          The answer was No. {stateAfter}
        </Banner>
      );
    case "notGranted":
      return (
        <Banner kind="warning" title={`Not granted: ${afterNothing(door)}`}>
          {stateAfter}
        </Banner>
      );
    case "notKnown":
      return <NotKnown stateAfter={stateAfter} since={doorSince(door, receipt)} />;
    case "closed":
    case "notConfirmed":
      // Outcomes of a revoke; no opening has them.
      return null;
    default:
      return receipt.outcome satisfies never;
  }
}

function Granted({ receipt, isPast }: { readonly receipt: Receipt; readonly isPast: boolean }) {
  const until = receipt.grant?.expiresAt == null ? null : Date.parse(receipt.grant.expiresAt);
  const when = until === null ? "its end was not printed" : `expires at ${utcWords(until)}`;
  return (
    <Banner
      kind={isPast ? "plain" : "good"}
      title={isPast ? `Was confirmed open, ${when}; the door is shut by now` : `Confirmed open, ${when}`}
    >
      {receipt.level !== null && levelWords(receipt.level)}
      {until !== null && utcRemark(until) !== "" && `, until ${localWords(until)} on this workstation`}.{" "}
      {visibleParagraphs(withTimeWords(receipt.stateAfter))}
    </Banner>
  );
}

type NotKnownProps = { readonly stateAfter: string; readonly since: ReturnType<typeof doorSince> };

function NotKnown({ stateAfter, since }: NotKnownProps) {
  if (since === "shut")
    return (
      <Banner kind="plain" title="Was not known; the door is shut by now">
        A later reading shows no active grant. Before it: {stateAfter}
      </Banner>
    );
  if (since === "open")
    return (
      <Banner kind="warning" title="Was not known; the door is open by now">
        A later reading shows an active grant. Before it: {stateAfter}
      </Banner>
    );
  return (
    <Banner kind="danger" title="Not known: treat the door as open">
      {stateAfter} Revoke now, or sign in and read the door again. When no endpoint answers, block its
      outbound addresses at the firewall.
    </Banner>
  );
}
