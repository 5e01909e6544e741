import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { Opening } from "../../stores/opening.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { AgainIcon, LedgerIcon } from "../../ui/icons.ts";
import { visibleParagraphs } from "../../ui/visibleText.ts";

type LostPanelProps = {
  readonly targetId: string;
  readonly opening: Extract<Opening, { phase: "lost" }>;
};

/** The page no longer sees how the opening goes. That says nothing about the door. */
export function LostPanel({ targetId, opening: { failure, progress } }: LostPanelProps) {
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const go = useFrom("route", (state) => state.go);
  const name = useTarget(targetId)?.target.name ?? "the target";
  const isRefused = failure.code === "invalidInput" || failure.code === "signInNeeded";
  const isBefore = isRefused && progress === null;
  return (
    <Banner
      kind="danger"
      title={isBefore ? "Nothing was sent" : "Not known whether the door is open"}
      actions={
        <>
          <Button icon={AgainIcon} onPress={() => dispatch(targetId, { type: "again" })}>
            Back to the review
          </Button>
          {!isBefore && <RevokeHold targetId={targetId} targetName={name} />}
          {!isBefore && (
            <Button icon={LedgerIcon} onPress={() => go({ screen: "ledger" })}>
              Look in the ledger
            </Button>
          )}
        </>
      }
    >
      {visibleParagraphs(failure.sentence)}
      {!isBefore &&
        " When page and console are together again soon, the opening goes on here. Else a question that nobody answered is taken back by the console, and what the command left behind is read back and recorded. Look at the door in the overview, and revoke when in doubt."}
    </Banner>
  );
}
