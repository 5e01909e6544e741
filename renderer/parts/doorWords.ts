import type { Door, Grant, LastKnown, Level } from "#contract";
import { capital } from "../ui/capital.ts";
import { utcMinute } from "../ui/timeWords.ts";

/** The word of a door, as every screen writes it. */
export function doorWord(state: Door["state"]): string {
  switch (state) {
    case "closed":
      return "Closed";
    case "opening":
      return "Opening";
    case "open":
      return "Open";
    case "inside":
      return "Inside";
    case "closing":
      return "Closing";
    case "notConfirmed":
      return "Not confirmed";
    case "unknown":
      return "Unknown";
    default:
      return state satisfies never;
  }
}

/** What that word rests on. `isBeforeTold`: what was known of it before stands beside it already. */
export function doorMeaning(door: Door, isBeforeTold = false): string {
  switch (door.state) {
    case "closed":
      return "No grant is active. The vendor cannot come in.";
    case "opening":
      return "A grant was asked for. What came of it is not read yet: Revoke is at hand.";
    case "open":
      return "A grant is active. Nobody is inside.";
    case "inside": {
      const count = door.sessionsInside.length;
      return count === 1 ? "One vendor session is running." : `${count} vendor sessions are running.`;
    }
    case "closing":
      return "Revoke was asked for. It is not confirmed yet.";
    case "notConfirmed":
      return "Revoke was asked for and the proof did not come. Treat the door as open.";
    case "unknown":
      return unknownMeaning(door, isBeforeTold);
    default:
      return door.state satisfies never;
  }
}

function unknownMeaning(door: Door, isBeforeTold: boolean): string {
  const { lastKnown, answeredAt } = door;
  const before = lastKnown === null || isBeforeTold ? "" : `${capital(lastKnownWords(lastKnown))}. `;
  const nothing =
    answeredAt === null
      ? "No endpoint has answered yet."
      : "Nothing that was read lately proves whether it is open or shut.";
  return `${before}${nothing}${mayBeOpen(door) ? " Treat it as open." : ""}`;
}

/** What was known of a door before: `last known open (by Ann, until 2026-11-24 11:00 UTC)`. */
export function lastKnownWords({ operator, until, certain }: LastKnown): string {
  const who = operator === null ? "not from this console" : `by ${operator}`;
  if (!certain) return `may have been opened ${who}`;
  const end = until === null ? "until when is not known" : `until ${utcMinute(Date.parse(until))}`;
  return `last known open (${who}, ${end})`;
}

/** Whether Revoke has to be at hand: nothing proves that the door is shut. */
export function mayBeOpen(door: Door): boolean {
  if (door.state !== "unknown") return door.state !== "closed";
  return door.answeredAt !== null || door.lastKnown !== null;
}

/** The grant in force, as it was read last. */
export function runningGrant(door: Door): Grant | null {
  return door.grant?.active === true ? door.grant : null;
}

export function levelWords(level: Level): string {
  return level === "Diagnostics" ? "Diagnostics" : "Diagnostics and repair";
}

/** The level where it is known; the machine's own word where it is not. */
export function printedLevel(grant: {
  readonly level: Level | null;
  readonly levelAsPrinted: string;
}): string {
  return grant.level === null ? grant.levelAsPrinted : levelWords(grant.level);
}
