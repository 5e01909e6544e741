import { useEffect, useRef } from "react";
import { useFrom } from "../stores/storesContext.ts";

export type ConnectionCheck = {
  readonly running: boolean;
  readonly start: () => void;
  readonly stop: () => void;
};

/** The connection check of a target, for as long as somebody looks at it. */
export function useConnectionCheck(targetId: string): ConnectionCheck {
  const check = useFrom("targets", (state) => state.check);
  const running = useFrom("targets", (state) => state.checks[targetId]?.running ?? false);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  return {
    running,
    start: () => {
      leaving.current?.abort();
      leaving.current = new AbortController();
      void check(targetId, leaving.current.signal);
    },
    stop: () => leaving.current?.abort(),
  };
}
