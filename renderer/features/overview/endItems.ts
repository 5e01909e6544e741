import { outcomeWord } from "../../parts/receiptText.ts";
import { routeHash } from "../../stores/route.ts";
import { utcMinute } from "../../ui/timeWords.ts";
import type { TimelineItem } from "../../ui/Timeline.tsx";
import { byDevice, grantEnd, isRevoked } from "./grantEnd.ts";
import type { History } from "./timelineItems.ts";

/** Revokes of this console, and ends of grants that none of them explains. */
export function endItems(history: History, now: number): readonly TimelineItem[] {
  return [...revokeMarks(history), ...otherEnds(history, now)];
}

function revokeMarks(history: History): readonly TimelineItem[] {
  return history.acts
    .filter(({ act }) => act === "revoke")
    .map(({ id, finishedAt, outcome, operator }) => {
      const at = byDevice(finishedAt, history);
      const words = `Revoke: ${outcomeWord(outcome)}\n${utcMinute(at)}\nby ${operator}`;
      return mark(`revoke ${id}`, at, "shut", words, routeHash({ screen: "ledger" }));
    });
}

function otherEnds(history: History, now: number): readonly TimelineItem[] {
  const href = routeHash({ screen: "sessions", targetId: history.targetId });
  return history.grants.flatMap((grant): readonly TimelineItem[] => {
    if (grant.active || grant.createdAt === null) return [];
    const end = grantEnd(grant, history, now);
    if (isRevoked(end, history)) return [];
    const isEarly = grant.updatedAt !== null && grant.updatedAt === grant.expiresAt;
    const words = isEarly ? "Grant ended: expired, or revoked from elsewhere" : "Grant expired";
    return [mark(`end ${grant.key}`, end, "past", `${words}\n${utcMinute(end)}`, href)];
  });
}

function mark(id: string, at: number, look: TimelineItem["look"], words: string, href: string): TimelineItem {
  return { id, lane: 2, from: at, to: at, isOpen: false, look, words, href };
}
