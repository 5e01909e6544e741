import type { Preferences, TargetOverview } from "#contract";
import { mayBeOpen, runningGrant } from "../../parts/doorWords.ts";
import type { Dialog } from "../../stores/createDialogsStore.ts";
import type { Route } from "../../stores/route.ts";
import type { NamedAction } from "../../ui/matchingActions.ts";

/** What an action does, as data. */
export type Deed =
  | { readonly kind: "go"; readonly route: Route }
  | { readonly kind: "grant"; readonly targetId: string }
  | { readonly kind: "open"; readonly dialog: Dialog }
  | { readonly kind: "revoke"; readonly targetId: string }
  | { readonly kind: "signOut"; readonly targetId: string }
  | { readonly kind: "practise" }
  | { readonly kind: "prefer"; readonly preferences: Partial<Preferences> };

export type PaletteAction = NamedAction & { readonly deed: Deed };

type Known = {
  readonly overviews: readonly TargetOverview[];
  readonly places: readonly { readonly words: string; readonly route: Route; readonly key: string }[];
  readonly canPractise: boolean;
  readonly preferences: Preferences;
};

/** Every action there is now: what shuts a door first, then what the targets offer, then the screens and the looks. */
export function paletteActions({
  overviews,
  places,
  canPractise,
  preferences,
}: Known): readonly PaletteAction[] {
  return [
    ...overviews.flatMap(revokeActions),
    ...overviews.flatMap(targetActions),
    ...places.map(({ words, route, key }) => action(`Go to ${words}`, { kind: "go", route }, `g ${key}`)),
    action("Add a target", { kind: "go", route: { screen: "addTarget" } }),
    ...(canPractise && !overviews.some(({ target }) => target.practice)
      ? [action("Open the practice stamp", { kind: "practise" })]
      : []),
    ...lookActions(preferences),
    action("Show the keys", { kind: "open", dialog: { kind: "help" } }, "?"),
  ];
}

function revokeActions({ target: { id: targetId, name }, door }: TargetOverview): readonly PaletteAction[] {
  if (!mayBeOpen(door)) return [];
  return [{ ...action(`Revoke access to ${name}`, { kind: "revoke", targetId }), asksTwice: true }];
}

function targetActions({ target, door, signedIn }: TargetOverview): readonly PaletteAction[] {
  const { id: targetId, name } = target;
  return [
    ...door.sessionsInside.map(({ id: sessionId }) =>
      action(`Watch session ${sessionId} on ${name}`, {
        kind: "go",
        route: { screen: "transcript", targetId, sessionId },
      }),
    ),
    ...(signedIn ? [action(grantWords(target, door), { kind: "grant", targetId })] : []),
    action(`Sessions of ${name}`, { kind: "go", route: { screen: "sessions", targetId } }),
    action(signedIn ? `Sign in again to ${name}` : `Sign in to ${name}`, {
      kind: "open",
      dialog: { kind: "signIn", targetId },
    }),
    ...(signedIn ? [action(`Sign out of ${name}`, { kind: "signOut", targetId })] : []),
    ...(target.transport === "https"
      ? [action(`Certificates of ${name}`, { kind: "open", dialog: { kind: "trust", targetId } })]
      : []),
  ];
}

function grantWords({ name }: TargetOverview["target"], door: TargetOverview["door"]): string {
  if (door.state === "opening") return `Answer or follow the opening of ${name}`;
  return runningGrant(door) === null ? `Grant access to ${name}` : `Change the grant of ${name}`;
}

const themes = { system: "as the system", light: "light", dark: "dark" } as const;
const densities = { comfortable: "comfortable", compact: "compact" } as const;

function lookActions({ theme, density }: Preferences): readonly PaletteAction[] {
  const others = (Object.keys(themes) as (keyof typeof themes)[]).filter((each) => each !== theme);
  const other = density === "compact" ? "comfortable" : "compact";
  return [
    ...others.map((each) =>
      action(`Theme: ${themes[each]}`, { kind: "prefer", preferences: { theme: each } }),
    ),
    action(`Density: ${densities[other]}`, { kind: "prefer", preferences: { density: other } }),
  ];
}

function action(words: string, deed: Deed, key?: string): PaletteAction {
  return { id: `${deed.kind} ${words}`, words, deed, ...(key === undefined ? {} : { key }) };
}
