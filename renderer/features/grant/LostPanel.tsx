import type { Failure } from "#contract";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { AgainIcon, LedgerIcon } from "../../ui/icons.ts";
import { visibleParagraphs } from "../../ui/visibleText.ts";

/** The page no longer sees how the opening goes. That says nothing about the door. */
export function LostPanel({ targetId, failure }: { readonly targetId: string; readonly failure: Failure }) {
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const go = useFrom("route", (state) => state.go);
  const name = useTarget(targetId)?.target.name ?? "the target";
  const isBefore = failure.code === "invalidInput" || failure.code === "signInNeeded";
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
        " A command that was under way is stopped by the console, never answered, and what it left behind is read back and recorded. Look at the door in the overview, and revoke when in doubt."}
    </Banner>
  );
}
