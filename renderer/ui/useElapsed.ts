import { useEffect, useState } from "react";

/** Milliseconds since an instant (ms since 1970), ten times a second: for a stopwatch that somebody looks at. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - since);
}
