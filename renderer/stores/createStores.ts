import type { StoreApi } from "zustand";
import type { LinkState, OpenConsole } from "../host/openConsole.ts";
import { createCertificatesStore } from "./createCertificatesStore.ts";
import type { CertificatesState } from "./createCertificatesStore.ts";
import { createCommandsStore } from "./createCommandsStore.ts";
import type { CommandsState } from "./createCommandsStore.ts";
import { createDialogsStore } from "./createDialogsStore.ts";
import type { DialogsState } from "./createDialogsStore.ts";
import { createGrantStore } from "./createGrantStore.ts";
import type { GrantState } from "./createGrantStore.ts";
import { createGrantsStore } from "./createGrantsStore.ts";
import type { GrantsState } from "./createGrantsStore.ts";
import { keptDrafts } from "./keptDrafts.ts";
import { keptPutAways } from "./keptPutAways.ts";
import { createLedgerStore } from "./createLedgerStore.ts";
import type { LedgerState } from "./createLedgerStore.ts";
import { createRevokeStore } from "./createRevokeStore.ts";
import type { RevokeState } from "./createRevokeStore.ts";
import { createRouteStore } from "./createRouteStore.ts";
import type { RouteState } from "./createRouteStore.ts";
import { createScopeStore } from "./createScopeStore.ts";
import type { ScopeState } from "./createScopeStore.ts";
import { createSessionsStore } from "./createSessionsStore.ts";
import type { SessionsState } from "./createSessionsStore.ts";
import { createSettingsStore } from "./createSettingsStore.ts";
import type { SettingsState } from "./createSettingsStore.ts";
import { createShellsStore } from "./createShellsStore.ts";
import type { ShellsState } from "./createShellsStore.ts";
import { createTargetsStore } from "./createTargetsStore.ts";
import type { TargetsState } from "./createTargetsStore.ts";
import { createTranscriptStore } from "./createTranscriptStore.ts";
import type { TranscriptState } from "./createTranscriptStore.ts";
import { createUnderWayStore } from "./createUnderWayStore.ts";
import type { UnderWayState } from "./createUnderWayStore.ts";

/** What each store holds. */
export type States = {
  readonly link: LinkState;
  readonly underWay: UnderWayState;
  readonly targets: TargetsState;
  readonly certificates: CertificatesState;
  readonly scope: ScopeState;
  readonly shells: ShellsState;
  readonly commands: CommandsState;
  readonly grant: GrantState;
  readonly grants: GrantsState;
  readonly sessions: SessionsState;
  readonly transcript: TranscriptState;
  readonly revoke: RevokeState;
  readonly ledger: LedgerState;
  readonly settings: SettingsState;
  readonly dialogs: DialogsState;
  readonly route: RouteState;
};
export type Stores = { readonly [N in keyof States]: StoreApi<States[N]> };

/** All stores of one page, joined to one console. */
export function createStores({ client, link }: OpenConsole): Stores {
  const now = () => Date.now();
  const settings = createSettingsStore(client);
  const targets = createTargetsStore(client, now, waitFor);
  const revoke = createRevokeStore(client, {
    now: () => now() + (targets.getState().consoleAheadMs ?? 0),
    putAways: keptPutAways(window.sessionStorage),
  });
  const grant = createGrantStore(client, {
    now,
    drafts: keptDrafts(window.sessionStorage),
    onOver: () => void settings.getState().load(),
  });
  return {
    link,
    underWay: createUnderWayStore(client, [revoke.getState, grant.getState]),
    targets,
    certificates: createCertificatesStore(client),
    scope: createScopeStore(client),
    shells: createShellsStore(client),
    commands: createCommandsStore(client),
    grant,
    grants: createGrantsStore(client),
    sessions: createSessionsStore(client),
    transcript: createTranscriptStore(client, waitFor),
    revoke,
    ledger: createLedgerStore(client, now),
    settings,
    dialogs: createDialogsStore(),
    route: createRouteStore(window),
  };
}

/** Resolves after the milliseconds or when the signal is aborted, whichever is first. */
function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
