import type { ComponentType } from "react";
import { routeHash } from "../../stores/route.ts";
import type { Route, Screen } from "../../stores/route.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import {
  FindIcon,
  KeyboardIcon,
  LedgerIcon,
  OpenIcon,
  OverviewIcon,
  SessionsIcon,
  SettingsIcon,
  TargetIcon,
} from "../../ui/icons.ts";

export type Place = {
  readonly words: string;
  readonly route: Route;
  readonly screens: readonly Screen[];
  readonly key: string;
  readonly icon: ComponentType<{ readonly "aria-hidden"?: boolean }>;
};

/** The places of the left rail, each with the letter that follows `g`; Alt and its number go there too. */
export const places: readonly Place[] = [
  { words: "Overview", route: { screen: "overview" }, screens: ["overview"], key: "o", icon: OverviewIcon },
  {
    words: "Grant access",
    route: { screen: "grant", targetId: null },
    screens: ["grant"],
    key: "a",
    icon: OpenIcon,
  },
  {
    words: "Sessions",
    route: { screen: "sessions", targetId: null },
    screens: ["sessions", "transcript"],
    key: "s",
    icon: SessionsIcon,
  },
  { words: "Ledger", route: { screen: "ledger" }, screens: ["ledger"], key: "l", icon: LedgerIcon },
  {
    words: "Targets",
    route: { screen: "targets" },
    screens: ["targets", "target", "addTarget"],
    key: "t",
    icon: TargetIcon,
  },
  { words: "Settings", route: { screen: "settings" }, screens: ["settings"], key: "e", icon: SettingsIcon },
];

export function Rail() {
  const screen = useFrom("route", (state) => state.route.screen);
  const openDialog = useFrom("dialogs", (state) => state.open);
  return (
    <nav className="rail" aria-label="Screens">
      <ul>
        {places.map(({ words, route, screens, icon: Icon }) => (
          <li key={words}>
            <a href={routeHash(route)} aria-current={screens.includes(screen) ? "page" : undefined}>
              <Icon aria-hidden />
              <span>{words}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className="rail-foot">
        <Button kind="quiet" icon={FindIcon} onPress={() => openDialog({ kind: "palette" })}>
          Actions (Ctrl+K)
        </Button>
        <Button kind="quiet" icon={KeyboardIcon} onPress={() => openDialog({ kind: "help" })}>
          Keys (?)
        </Button>
      </div>
    </nav>
  );
}
