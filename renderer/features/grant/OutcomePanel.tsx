import type { Receipt } from "#contract";
import { SaveReceipt } from "../../parts/ReceiptView.tsx";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { AgainIcon, OverviewIcon } from "../../ui/icons.ts";
import { mayRevoke } from "./doorSince.ts";
import { OutcomeWords } from "./OutcomeWords.tsx";

type OutcomePanelProps = { readonly targetId: string; readonly receipt: Receipt };

/** What a fresh reading showed, and nothing before it did; what the door is by now stands beside it. */
export function OutcomePanel({ targetId, receipt }: OutcomePanelProps) {
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
      <OutcomeWords receipt={receipt} door={door} />
      {receipt.outcome === "granted" && target?.practice === true && (
        <p>
          The practice engineer comes in by itself, usually within half a minute. The overview shows it, and
          the door then says Inside.
        </p>
      )}
      <div className="actions">
        <Button kind="main" icon={OverviewIcon} onPress={toOverview}>
          To the overview
        </Button>
        {receipt.outcome !== "granted" && (
          <Button icon={AgainIcon} onPress={() => dispatch(targetId, { type: "again" })}>
            Back to the review
          </Button>
        )}
        {mayRevoke(receipt, door) && <RevokeHold targetId={targetId} targetName={name} />}
        <SaveReceipt receipt={receipt} />
      </div>
    </section>
  );
}
