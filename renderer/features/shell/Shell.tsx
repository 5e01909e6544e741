import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useCurrentTargetId } from "../../parts/useTarget.ts";
import { useStream } from "../../parts/useStream.ts";
import { routeHash } from "../../stores/route.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { isPracticeScreen } from "./isPracticeScreen.ts";
import { LinkBanner } from "./LinkBanner.tsx";
import { Rail } from "./Rail.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { TopBar } from "./TopBar.tsx";
import { useKeys } from "./useKeys.ts";
import "./Shell.css";

type ShellProps = {
  readonly children: ReactNode;
  /** What is under way; in sight on every screen, however far it is scrolled. */
  readonly underWay: ReactNode;
  readonly dialogs: ReactNode;
};

/** The frame around every screen. */
export function Shell({ children, underWay, dialogs }: ShellProps) {
  const watch = useFrom("targets", (state) => state.watch);
  const watchUnderWay = useFrom("underWay", (state) => state.watch);
  const load = useFrom("settings", (state) => state.load);
  useStream("targets", watch);
  useStream("settings", load);
  useStream("underWay", watchUnderWay);
  useKeys();
  const isPractice = useIsPractice();
  return (
    <div className="shell" data-practice={isPractice}>
      <a className="skip" href="#screen" onClick={skipToScreen}>
        Skip to the screen
      </a>
      <TopBar />
      {underWay}
      <Rail />
      {isPractice && (
        <aside className="practice-strip" aria-label="Practice">
          PRACTICE · nothing here reaches a real stamp
        </aside>
      )}
      <main id="screen" className="screen" tabIndex={-1}>
        <LinkBanner />
        <FocusedScreen>{children}</FocusedScreen>
      </main>
      <StatusBar />
      {dialogs}
    </div>
  );
}

/** A new screen starts at its top, for those who hear the page at its title, or at the question it puts. */
function FocusedScreen({ children }: { readonly children: ReactNode }) {
  const hash = useFrom("route", (state) => routeHash(state.route));
  const shown = useRef(hash);
  useEffect(() => {
    if (shown.current === hash) return;
    shown.current = hash;
    const title = document.getElementById("page-title");
    (document.querySelector<HTMLElement>("#screen [data-asks]") ?? title)?.focus({ preventScroll: true });
    document.getElementById("screen")?.scrollTo(0, 0);
    window.scrollTo(0, 0);
  }, [hash]);
  return <div className="screen-inside">{children}</div>;
}

/** What fills the screen is practice, all of it: no real target, and no list that has one. */
function useIsPractice(): boolean {
  const route = useFrom("route", (state) => state.route);
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const wizards = useFrom("grant", (state) => state.wizards);
  const current = useCurrentTargetId("targetId" in route ? route.targetId : null);
  return isPracticeScreen({ route, overviews, wizards, current });
}

/** The fragment is the route, so the link moves the focus by itself. */
function skipToScreen(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("screen")?.focus();
}
