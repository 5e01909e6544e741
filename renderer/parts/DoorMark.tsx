import type { Door } from "#contract";
import { ClosedIcon, ClosingIcon, FailedIcon, InsideIcon, OpenIcon, UnknownIcon } from "../ui/icons.ts";
import { doorWord, lastKnownWords } from "./doorWords.ts";
import "./DoorMark.css";

const icons = {
  closed: ClosedIcon,
  opening: OpenIcon,
  open: OpenIcon,
  inside: InsideIcon,
  closing: ClosingIcon,
  notConfirmed: FailedIcon,
  unknown: UnknownIcon,
} as const;

type DoorMarkProps = {
  readonly state: Door["state"];
  /** Said beside the word of a door that cannot be read now. */
  readonly lastKnown?: Door["lastKnown"];
  readonly size?: "small" | "large";
};

/** The state of a door: icon, colour and always the word, with what was known before where it is not known now. */
export function DoorMark({ state, lastKnown = null, size = "small" }: DoorMarkProps) {
  const Icon = icons[state];
  const before = state === "unknown" && lastKnown !== null ? lastKnownWords(lastKnown) : null;
  return (
    <span className={`door door-${state} door-${size}`} title={before ?? undefined}>
      <Icon aria-hidden />
      <span>
        {doorWord(state)}
        {before !== null && ", "}
        {before !== null && size === "large" && <span className="door-before">{before}</span>}
        {before !== null && size === "small" && (
          <>
            <span aria-hidden="true">{lastKnown?.certain === true ? "last known open" : "may be open"}</span>
            <span className="only-heard">{before}</span>
          </>
        )}
      </span>
    </span>
  );
}
