import { useRevoke } from "../../parts/useRevoke.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { ActionFinder } from "../../ui/ActionFinder.tsx";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { paletteActions } from "./paletteActions.ts";
import type { Deed } from "./paletteActions.ts";
import { places } from "./Rail.tsx";

/** Every action by its name. */
export function PaletteDialog() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const canPractise = useFrom("link", (state) => state.host?.canPractise ?? false);
  const preferences = useFrom("settings", (state) => state.preferences);
  const close = useFrom("dialogs", (state) => state.close);
  const act = useDeed();
  const actions = paletteActions({ overviews, places, canPractise, preferences });
  const run = (id: string): void => {
    const chosen = actions.find((action) => action.id === id);
    close();
    if (chosen !== undefined) act(chosen.deed);
  };
  return (
    <PageDialog title="Actions" onClose={close} actions={<Button onPress={close}>Close</Button>}>
      <ActionFinder name="Find an action" actions={actions} onRun={run} />
    </PageDialog>
  );
}

function useDeed(): (deed: Deed) => void {
  const go = useFrom("route", (state) => state.go);
  const open = useFrom("dialogs", (state) => state.open);
  const forgetEnded = useFrom("grant", (state) => state.forgetEnded);
  const signOut = useFrom("targets", (state) => state.signOut);
  const practise = useFrom("targets", (state) => state.startPractice);
  const change = useFrom("settings", (state) => state.change);
  const revoke = useRevoke();
  return (deed) => {
    switch (deed.kind) {
      case "go":
        return go(deed.route);
      case "grant":
        forgetEnded(deed.targetId);
        return go({ screen: "grant", targetId: deed.targetId });
      case "open":
        return open(deed.dialog);
      case "revoke":
        return revoke(deed.targetId);
      case "signOut":
        return void signOut(deed.targetId);
      case "practise":
        return void practise();
      case "prefer":
        return void change(deed.preferences);
      default:
        return deed satisfies never;
    }
  };
}
