import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** The time in ms since 1970, new each second. All countdowns and ages of a page share one timer. */
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
    now = Date.now();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = Date.now();
  for (const changed of listeners) changed();
}
