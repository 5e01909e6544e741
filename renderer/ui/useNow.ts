import { useSyncExternalStore } from "react";
import { consoleNow } from "./consoleClock.ts";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = consoleNow();

/** The console's time in ms since 1970, new each second. All countdowns and ages of a page share one timer. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** Words that depend on the time: drawn again only when the words change, not each second. */
export function useNowWords(words: (now: number) => string): string {
  return useSyncExternalStore(subscribe, () => words(now));
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  if (listeners.size === 1) {
    now = consoleNow();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = consoleNow();
  for (const changed of listeners) changed();
}
