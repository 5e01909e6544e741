import type { Door, Receipt } from "#contract";
import { mayBeOpen } from "../../parts/doorWords.ts";

/** What readings from after an opening say: shut, open, or nothing that was read since proves either. */
export function doorSince(door: Door | null, { finishedAt }: Receipt): "shut" | "open" | "notKnown" {
  const isLater = door?.answeredAt != null && Date.parse(door.answeredAt) > Date.parse(finishedAt);
  if (door === null || !isLater) return "notKnown";
  if (door.state === "closed") return "shut";
  return door.state === "open" || door.state === "inside" ? "open" : "notKnown";
}

/** Nothing proves that the door is shut; a reading from before a grant does not. */
export function mayRevoke(receipt: Receipt, door: Door | null): boolean {
  if (receipt.outcome === "notKnown" || receipt.outcome === "granted")
    return doorSince(door, receipt) !== "shut";
  return door !== null && mayBeOpen(door);
}

/** What an opening that came to nothing leaves, as far as it is read: neither shut nor open is said without that. */
export function afterNothing(door: Door | null): string {
  if (door?.state === "closed") return "the door stays shut";
  const isOpen = door?.state === "open" || door?.state === "inside";
  return isOpen ? "the grant from before goes on" : "nothing was opened by this";
}
