import { useEffect, useEffectEvent } from "react";
import { useFrom } from "../stores/storesContext.ts";

/**
 * Keeps something running while a component is there: started again for another key, and when page and console found
 * each other again.
 */
export function useStream(key: string | null, run: (signal: AbortSignal) => Promise<void>): void {
  const generation = useFrom("link", (state) => state.generation);
  const start = useEffectEvent(run);
  useEffect(() => {
    if (generation === 0 || key === null) return undefined;
    const leaving = new AbortController();
    void start(leaving.signal);
    return () => leaving.abort();
  }, [key, generation]);
}
