import type { Act, Grant, Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { routeHash } from "../../stores/route.ts";
import { utcMinute } from "../../ui/timeWords.ts";
import type { TimelineItem } from "../../ui/Timeline.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { endItems } from "./endItems.ts";
import { grantItems, recordedItems } from "./grantItems.ts";
import { lastedWords, whyWords } from "./historyWords.ts";

export const lanes = ["Grants", "Sessions", "Ends"] as const;

/** What a target was asked and what happened on it. */
export type History = {
  readonly targetId: string;
  readonly grants: readonly Grant[];
  readonly sessions: readonly Session[];
  readonly acts: readonly Act[];
  /** How far the target's clock is ahead of the console's (ms); null where it was not measured. */
  readonly deviceAheadMs: number | null;
};

type Span = { readonly from: number; readonly now: number };

/** All of a history that touches the span, in the order of its beginnings. All times are by the target's clock (ms). */
export function timelineItems(history: History, { from, now }: Span): readonly TimelineItem[] {
  return [
    ...history.grants.flatMap((grant) => grantItems(grant, history, now)),
    ...recordedItems(history, now),
    ...sessionItems(history, now),
    ...endItems(history, now),
  ]
    .filter((item) => item.to >= from && item.from <= now)
    .toSorted((a, b) => a.from - b.from || a.lane - b.lane);
}

function sessionItems({ sessions, targetId }: History, now: number): readonly TimelineItem[] {
  return sessions.flatMap((session): readonly TimelineItem[] => {
    if (session.startedAt === null) return [];
    const from = Date.parse(session.startedAt);
    const to = session.running ? now : Date.parse(session.endedAt ?? session.startedAt);
    const why = session.under === null ? "" : `\nunder: ${whyWords(session.under)}`;
    return [
      {
        id: `session ${session.id}`,
        lane: 1,
        from,
        to: Math.max(to, from + 1),
        isOpen: session.running,
        look: session.running ? "inside" : "passed",
        words: `Session, ${visibleText(printedLevel(session))}\n${visitWords(session, from, to)}\n${visibleText(session.id)}${why}`,
        href: routeHash({ screen: "transcript", targetId, sessionId: session.id }),
      },
    ];
  });
}

function visitWords({ running, endedAt }: Session, from: number, to: number): string {
  if (running) return `inside since ${utcMinute(from)}`;
  return endedAt === null ? `from ${utcMinute(from)}, ended; its end cannot be read` : lastedWords(from, to);
}
