import type { Door } from "#contract";
import type { Revocation } from "../../stores/createRevokeStore.ts";

/**
 * The state a door is shown in while and after this page sees a revoke of it: door and revoke are told by two ways, each
 * in its own time, and a reading from before the proof takes nothing of it back.
 */
export function shownDoor(door: Door, revocation: Revocation | undefined): Door["state"] {
  const outcome = revocation?.progress?.outcome ?? null;
  const looksOpen = door.state === "open" || door.state === "inside" || door.state === "closing";
  if (revocation === undefined || !looksOpen) return door.state;
  if (revocation.phase === "running") return "closing";
  if (outcome?.kind !== "closed") return door.state;
  const isLater =
    door.answeredAt !== null && Date.parse(door.answeredAt) > Date.parse(outcome.receipt.finishedAt);
  return isLater ? door.state : "closed";
}
