import { useEffect, useId, useState } from "react";
import type { SyntheticEvent } from "react";
import { tabStop } from "./tabStop.ts";
import { relativeWords, utcWords } from "./timeWords.ts";
import { useNowWords } from "./useNow.ts";
import "./RelativeTime.css";

type Spot = { readonly left: number; readonly top: number };

/**
 * A time as people say it; the exact one, with its zone, on hover and focus ([WCAG] 1.4.13: Escape puts it away). The
 * note exists only while it is seen: a table has hundreds of times.
 */
export function RelativeTime({ at }: { readonly at: string }) {
  const instant = Date.parse(at);
  const words = useNowWords((now) => relativeWords(instant, now));
  const [spot, setSpot] = useState<Spot | null>(null);
  const id = useId();
  const show = (event: SyntheticEvent<HTMLElement>): void => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setSpot({ left: Math.max(4, Math.min(left, window.innerWidth - 220)), top: bottom });
  };
  const hide = (): void => setSpot(null);
  const isSeen = spot !== null;
  useEffect(() => {
    if (!isSeen) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setSpot(null);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isSeen]);
  return (
    <span onPointerEnter={show} onPointerLeave={hide} onFocus={show} onBlur={hide}>
      <time
        className="relative-time"
        dateTime={at}
        aria-describedby={spot === null ? undefined : id}
        {...tabStop}
      >
        {words}
      </time>
      {spot !== null && (
        <span role="tooltip" id={id} className="exact-time" style={spot}>
          {utcWords(instant)}
        </span>
      )}
    </span>
  );
}
