import { useEffect, useEffectEvent } from "react";
import { useFrom } from "../../stores/storesContext.ts";
import { places } from "./Rail.tsx";

/** How long `g` waits for its letter (ms). */
const letterMilliseconds = 1_500;

/**
 * Ctrl-K (on a Mac Cmd-K) for every action by name; `?` for help; `g` and a letter, or Alt and a number, for the screens.
 * The letters never while something is typed.
 */
export function useKeys(): void {
  const openDialog = useFrom("dialogs", (state) => state.open);
  const isBusy = useFrom("dialogs", (state) => state.regular !== null || state.important !== null);
  const go = useFrom("route", (state) => state.go);
  const onKey = useEffectEvent((event: KeyboardEvent, afterG: boolean): boolean => {
    const hasControl = event.ctrlKey || event.metaKey;
    if (hasControl && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!isBusy) openDialog({ kind: "palette" });
      return false;
    }
    if (isBusy || hasControl) return false;
    if (event.altKey) {
      const place = places[Number(event.key) - 1];
      if (place !== undefined) {
        event.preventDefault();
        go(place.route);
      }
      return false;
    }
    if (isTyping(event.target)) return false;
    if (event.key === "?") openDialog({ kind: "help" });
    if (afterG) {
      const place = places.find(({ key }) => key === event.key);
      if (place !== undefined) go(place.route);
      return false;
    }
    return event.key === "g";
  });
  useEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent): void => {
      const afterG = event.timeStamp - gAt < letterMilliseconds;
      gAt = onKey(event, afterG) ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
