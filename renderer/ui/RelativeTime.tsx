import { useId } from "react";
import { tabStop } from "./tabStop.ts";
import { relativeWords, utcWords } from "./timeWords.ts";
import { useNote } from "./useNote.ts";
import { useNowWords } from "./useNow.ts";
import "./RelativeTime.css";

type RelativeTimeProps = {
  readonly at: string;
  /** Of a time by another clock: how far that clock is ahead of the console's (ms); null where it is not known. */
  readonly aheadMs?: number | null;
};

/**
 * A time as people say it; the exact one, with its zone, on hover and focus. The note exists only while it is seen: a
 * table has hundreds of times.
 */
export function RelativeTime({ at, aheadMs = null }: RelativeTimeProps) {
  const instant = Date.parse(at);
  const words = useNowWords((now) => relativeWords(instant, now + (aheadMs ?? 0)));
  const { spot, handlers } = useNote(220);
  const id = useId();
  return (
    <span {...handlers}>
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
