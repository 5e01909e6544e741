import { runningGrant } from "../../parts/doorWords.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { useWizard } from "./useWizard.ts";

export function WizardActions({ targetId }: { readonly targetId: string }) {
  const { wizard, dispatch, next } = useWizard(targetId);
  const open = useFrom("grant", (state) => state.open);
  const discard = useFrom("grant", (state) => state.discard);
  const go = useFrom("route", (state) => state.go);
  const signedIn = useFrom(
    "targets",
    (state) => state.overviews?.find(({ target }) => target.id === targetId)?.signedIn === true,
  );
  const isChange = useFrom("targets", (state) =>
    state.overviews?.some(({ target, door }) => target.id === targetId && runningGrant(door) !== null),
  );
  const isConnected = useFrom("link", (state) => state.phase === "connected");
  if (wizard === undefined) return null;
  const cancel = (): void => {
    discard(targetId);
    go({ screen: "overview" });
  };
  return (
    <div className="wizard-actions">
      <Button onPress={() => dispatch({ type: "back" })} disabled={wizard.step === "target"}>
        Back
      </Button>
      {wizard.step === "review" ? (
        <Button kind="main" disabled={!signedIn || !isConnected} onPress={() => void open(targetId)}>
          {isChange ? "Change the grant" : "Open the door"}
        </Button>
      ) : (
        <Button kind="main" onPress={next}>
          Next
        </Button>
      )}
      <span className="wizard-gap" />
      <Button kind="quiet" onPress={cancel}>
        Cancel
      </Button>
    </div>
  );
}
