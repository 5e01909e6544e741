import { Tooltip } from "@fluentui/react-components";
import { relativeWords, utcWords } from "./timeWords.ts";
import { tabStop } from "./tabStop.ts";
import { useNow } from "./useNow.ts";

/** A time as people say it; the exact one, with its zone, on hover and focus. */
export function RelativeTime({ at }: { readonly at: string }) {
  const now = useNow();
  const instant = Date.parse(at);
  return (
    <Tooltip content={utcWords(instant)} relationship="description" withArrow>
      <time className="relative-time" dateTime={at} {...tabStop}>
        {relativeWords(instant, now)}
      </time>
    </Tooltip>
  );
}
