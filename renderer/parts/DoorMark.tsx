import type { Door } from "#contract";
import { ClosedIcon, ClosingIcon, FailedIcon, InsideIcon, OpenIcon, UnknownIcon } from "../ui/icons.ts";
import { doorWord } from "./doorWords.ts";
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

type DoorMarkProps = { readonly state: Door["state"]; readonly size?: "small" | "large" };

/** The state of a door: icon, colour and always the word. */
export function DoorMark({ state, size = "small" }: DoorMarkProps) {
  const Icon = icons[state];
  return (
    <span className={`door door-${state} door-${size}`}>
      <Icon aria-hidden />
      <span>{doorWord(state)}</span>
    </span>
  );
}
