import { FirstStart } from "./features/firstStart/FirstStart.tsx";
import { GrantScreen } from "./features/grant/GrantScreen.tsx";
import { LedgerScreen } from "./features/ledger/LedgerScreen.tsx";
import { ReceiptDialog } from "./features/ledger/ReceiptDialog.tsx";
import { OverviewScreen } from "./features/overview/OverviewScreen.tsx";
import { SessionsScreen } from "./features/sessions/SessionsScreen.tsx";
import { SettingsScreen } from "./features/settings/SettingsScreen.tsx";
import { HelpDialog } from "./features/shell/HelpDialog.tsx";
import { PaletteDialog } from "./features/shell/PaletteDialog.tsx";
import { Shell } from "./features/shell/Shell.tsx";
import { AddTargetScreen } from "./features/targets/AddTargetScreen.tsx";
import { RemoveTargetDialog } from "./features/targets/RemoveTargetDialog.tsx";
import { ShellsDialog } from "./features/targets/ShellsDialog.tsx";
import { SignInDialog } from "./features/targets/SignInDialog.tsx";
import { TargetsScreen } from "./features/targets/TargetsScreen.tsx";
import { TrustDialog } from "./features/targets/TrustDialog.tsx";
import { TranscriptScreen } from "./features/transcript/TranscriptScreen.tsx";
import { UnderWayStrip } from "./features/underWay/UnderWayStrip.tsx";
import { useCurrentTargetId } from "./parts/useTarget.ts";
import type { Dialog } from "./stores/createDialogsStore.ts";
import { useFrom } from "./stores/storesContext.ts";
import { PageTheme } from "./ui/PageTheme.tsx";

/** The whole page: the shell, what is under way, the screen of the route, and dialogs above all. */
export function App({ nonce }: { readonly nonce: string }) {
  const theme = useFrom("settings", (state) => state.preferences.theme);
  const density = useFrom("settings", (state) => state.preferences.density);
  return (
    <PageTheme nonce={nonce} theme={theme} density={density}>
      <Shell underWay={<UnderWayStrip />} dialogs={<Dialogs />}>
        <CurrentScreen />
      </Shell>
    </PageTheme>
  );
}

function CurrentScreen() {
  const route = useFrom("route", (state) => state.route);
  const isFirstStart = useFrom("targets", (state) => state.overviews?.length === 0);
  const current = useCurrentTargetId("targetId" in route ? route.targetId : null);
  const needsTarget =
    route.screen !== "settings" && route.screen !== "ledger" && route.screen !== "addTarget";
  if (isFirstStart && needsTarget) return <FirstStart />;
  switch (route.screen) {
    case "overview":
      return <OverviewScreen />;
    case "grant":
      return <GrantScreen targetId={route.targetId} />;
    case "sessions":
      return current === null ? <OverviewScreen /> : <SessionsScreen key={current} targetId={current} />;
    case "transcript":
      return <TranscriptScreen key={route.sessionId} targetId={route.targetId} sessionId={route.sessionId} />;
    case "ledger":
      return <LedgerScreen />;
    case "targets":
      return <TargetsScreen only={null} />;
    case "target":
      return <TargetsScreen only={route.targetId} />;
    case "addTarget":
      return <AddTargetScreen />;
    case "settings":
      return <SettingsScreen />;
    default:
      return route satisfies never;
  }
}

/** Two slots: an interruption stands above what the operator was doing, and never in its place. */
function Dialogs() {
  const regular = useFrom("dialogs", (state) => state.regular);
  const important = useFrom("dialogs", (state) => state.important);
  return (
    <>
      {regular !== null && <OneDialog dialog={regular} />}
      {important !== null && <OneDialog dialog={important} />}
    </>
  );
}

function OneDialog({ dialog }: { readonly dialog: Dialog }) {
  switch (dialog.kind) {
    case "help":
      return <HelpDialog />;
    case "palette":
      return <PaletteDialog />;
    case "signIn":
      return <SignInDialog targetId={dialog.targetId} />;
    case "trust":
      return <TrustDialog targetId={dialog.targetId} />;
    case "shells":
      return <ShellsDialog targetId={dialog.targetId} />;
    case "removeTarget":
      return <RemoveTargetDialog targetId={dialog.targetId} />;
    case "receipt":
      return <ReceiptDialog receipt={dialog.receipt} />;
    default:
      return dialog satisfies never;
  }
}
