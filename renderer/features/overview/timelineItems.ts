import type { Act, Grant, Session } from "#contract";
import { levelWords, printedLevel } from "../../parts/doorWords.ts";
import { outcomeWord } from "../../parts/receiptText.ts";
import { routeHash } from "../../stores/route.ts";
import { durationWords, utcMinute } from "../../ui/timeWords.ts";
import type { TimelineItem } from "../../ui/Timeline.tsx";
import { visibleText } from "../../ui/visibleText.ts";

export const lanes = ["Grants", "Sessions", "Ends"] as const;

/** What a target was asked and what happened on it. */
export type History = {
  readonly targetId: string;
  readonly grants: readonly Grant[];
  readonly sessions: readonly Session[];
  readonly acts: readonly Act[];
};

type Span = { readonly from: number; readonly now: number };

/** All of a history that touches the span, in the order of its beginnings. Times in ms. */
export function timelineItems(history: History, { from, now }: Span): readonly TimelineItem[] {
  const grants = history.grants.flatMap((grant) => grantItem(grant, history, now));
  const older = recordedItems(history, grants, now);
  return [...grants, ...older, ...sessionItems(history, now), ...endItems(history, grants)]
    .filter((item) => item.to >= from && item.from <= now)
    .toSorted((a, b) => a.from - b.from || a.lane - b.lane);
}

function grantItem(grant: Grant, { acts, targetId }: History, now: number): readonly TimelineItem[] {
  if (grant.createdAt === null) return [];
  const from = Date.parse(grant.createdAt);
  const end = Date.parse(grant.expiresAt ?? grant.updatedAt ?? grant.createdAt);
  const to = grant.active ? now : Math.max(from, Math.min(end, shutAfter(acts, from) ?? end, now));
  const opened = grant.record ?? openedBy(acts, from, to);
  const why = opened === null ? "Not opened from this console" : whyWords(opened);
  const lasted = grant.active ? `since ${utcMinute(from)}, in force` : lastedWords(from, to);
  return [
    {
      id: `grant ${grant.key}`,
      lane: 0,
      from,
      to: Math.max(to, from + 1),
      isOpen: grant.active,
      look: grant.active ? "open" : "past",
      words: `Grant, ${visibleText(printedLevel(grant))}\n${lasted}\n${why}`,
      href: routeHash(opened === null ? { screen: "sessions", targetId } : { screen: "ledger" }),
    },
  ];
}

/**
 * The newest act of this console that opened or changed the grant. A grant that was revoked no longer shows the expiry
 * by which its receipt is known: only the times are left to tell.
 */
function openedBy(acts: readonly Act[], from: number, to: number): Act | null {
  const fits = ({ act, outcome, finishedAt }: Act): boolean =>
    act === "grant" &&
    outcome === "granted" &&
    Date.parse(finishedAt) >= from - slack &&
    Date.parse(finishedAt) <= Math.max(to, from + slack);
  return acts.findLast(fits) ?? null;
}

/** A target forgets its grants after 30 days; what this console opened is in the ledger. */
function recordedItems(
  { acts }: History,
  listed: readonly TimelineItem[],
  now: number,
): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  for (const { id, act, outcome, finishedAt, minutes, level, ...why } of acts) {
    if (act !== "grant" || outcome !== "granted" || minutes === null || level === null) continue;
    const from = Date.parse(finishedAt);
    const isShown = [...listed, ...items].some(
      (item) => item.from - slack <= from && from <= item.to + slack,
    );
    if (isShown) continue;
    const end = from + minutes * 60_000;
    const to = Math.min(end, shutAfter(acts, from) ?? end, now);
    items.push({
      id: `act ${id}`,
      lane: 0,
      from,
      to,
      isOpen: false,
      look: "past",
      words: `Grant, ${levelWords(level)}, as the ledger has it\n${lastedWords(from, to)}\n${whyWords(why)}`,
      href: routeHash({ screen: "ledger" }),
    });
  }
  return items;
}

/** The clocks of a target and of this machine differ a little (ms). */
const slack = 300_000;

function sessionItems({ sessions, targetId }: History, now: number): readonly TimelineItem[] {
  return sessions.flatMap((session): readonly TimelineItem[] => {
    if (session.startedAt === null) return [];
    const from = Date.parse(session.startedAt);
    const to = session.endedAt === null ? now : Date.parse(session.endedAt);
    const lasted = session.endedAt === null ? `inside since ${utcMinute(from)}` : lastedWords(from, to);
    return [
      {
        id: `session ${session.id}`,
        lane: 1,
        from,
        to: Math.max(to, from + 1),
        isOpen: session.endedAt === null,
        look: session.endedAt === null ? "inside" : "passed",
        words: `Session, ${visibleText(printedLevel(session))}\n${lasted}\n${visibleText(session.id)}`,
        href: routeHash({ screen: "transcript", targetId, sessionId: session.id }),
      },
    ];
  });
}

/** Revokes of this console, and ends of grants that none of them explains. */
function endItems(
  { grants, acts, targetId }: History,
  items: readonly TimelineItem[],
): readonly TimelineItem[] {
  const revokes = acts
    .filter(({ act }) => act === "revoke")
    .map((act) => {
      const at = Date.parse(act.finishedAt);
      return mark(
        `revoke ${act.id}`,
        at,
        "shut",
        `Revoke: ${outcomeWord(act.outcome)}\n${utcMinute(at)}\nby ${act.operator}`,
        routeHash({ screen: "ledger" }),
      );
    });
  const others = grants.flatMap((grant): readonly TimelineItem[] => {
    const item = items.find(({ id }) => id === `grant ${grant.key}`);
    if (grant.active || item === undefined) return [];
    const shut = shutAfter(acts, item.from);
    if (shut !== null && Math.abs(shut - item.to) <= slack) return [];
    const early = grant.updatedAt !== null && grant.updatedAt === grant.expiresAt;
    const words = early ? "Grant ended: expired, or revoked from elsewhere" : "Grant expired";
    const href = routeHash({ screen: "sessions", targetId });
    return [mark(`end ${grant.key}`, item.to, "past", `${words}\n${utcMinute(item.to)}`, href)];
  });
  return [...revokes, ...others];
}

function mark(id: string, at: number, look: TimelineItem["look"], words: string, href: string): TimelineItem {
  return { id, lane: 2, from: at, to: at, isOpen: false, look, words, href };
}

/** The first proved revoke after an instant (ms). */
function shutAfter(acts: readonly Act[], from: number): number | null {
  const times = acts
    .filter(({ act, outcome }) => act === "revoke" && outcome === "closed")
    .map(({ finishedAt }) => Date.parse(finishedAt))
    .filter((at) => at >= from);
  return times.length === 0 ? null : Math.min(...times);
}

function lastedWords(from: number, to: number): string {
  return `${utcMinute(from)} to ${utcMinute(to)}, ${durationWords(to - from)}`;
}

function whyWords({ reason, caseNumber, operator }: Pick<Act, "reason" | "caseNumber" | "operator">): string {
  const short = reason.length > 80 ? `${reason.slice(0, 80)}…` : reason;
  return `${short}${caseNumber === "" ? "" : ` · case ${caseNumber}`} · by ${operator}`;
}
