import { useEffect } from "react";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { workOn } from "../../stores/createTargetsStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";

/** Asks before a target is taken off the list; keeping it is the default. */
export function RemoveTargetDialog({ targetId }: { readonly targetId: string }) {
  const overview = useTarget(targetId);
  const removing = useFrom("targets", (state) => workOn(state.removing, targetId));
  const remove = useFrom("targets", (state) => state.remove);
  const close = useFrom("dialogs", (state) => state.close);
  const forget = useFrom("targets", (state) => state.forgetRemoving);
  useEffect(() => forget, [forget, targetId]);
  useEffect(() => {
    if (removing.phase === "done") close();
  }, [removing, close]);
  const name = overview?.target.name ?? "this target";
  return (
    <PageDialog
      title={`Remove ${name}?`}
      onClose={close}
      actions={
        <>
          <Button kind="danger" disabled={removing.phase === "waiting"} onPress={() => void remove(targetId)}>
            Remove
          </Button>
          <Button kind="main" onPress={close}>
            Keep it
          </Button>
        </>
      }
    >
      {removing.phase === "failed" && (
        <Trouble failure={removing.failure} title="The target was not removed" />
      )}
      {overview !== null && mayBeOpen(overview.door) && (
        <Banner kind="warning" title="Its door may be open">
          Removing the target does not shut it. Revoke first.
        </Banner>
      )}
      <p>
        The console forgets its addresses and account. The ledger keeps its receipts, and nothing is sent to
        it.
      </p>
    </PageDialog>
  );
}
