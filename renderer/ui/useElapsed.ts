import { useEffect, useState } from "react";
import { consoleNow } from "./consoleClock.ts";

/** Milliseconds since an instant of the console's (ms since 1970), ten times a second: for a stopwatch that somebody looks at. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(() => consoleNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(consoleNow()), 100);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - since);
}
