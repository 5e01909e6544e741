import type { Act, Grant, GrantAct } from "#contract";
import { levelWords, printedLevel } from "../../parts/doorWords.ts";
import { routeHash } from "../../stores/route.ts";
import { utcMinute } from "../../ui/timeWords.ts";
import type { TimelineItem } from "../../ui/Timeline.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { byDevice, clockTolerance, grantEnd } from "./grantEnd.ts";
import { lastedWords, whyWords } from "./historyWords.ts";
import type { History } from "./timelineItems.ts";

/** A stretch in which a grant stayed as one act had made it. */
type Stretch = {
  readonly from: number;
  readonly level: string;
  readonly why: string;
  readonly act: GrantAct | null;
};

/** A grant as its acts made it: a level that was raised later says nothing about the time before. */
export function grantItems(grant: Grant, history: History, now: number): readonly TimelineItem[] {
  const end = grantEnd(grant, history, now);
  const stretches = stretchesOf(grant).filter(({ from }, place) => place === 0 || from < end);
  return stretches.map(({ from, level, why, act }, place): TimelineItem => {
    const next = stretches[place + 1]?.from;
    const isOpen = grant.active && next === undefined;
    const to = next ?? end;
    const lasted = isOpen ? `since ${utcMinute(from)}, in force` : lastedWords(from, to);
    const screen = act === null ? "sessions" : "ledger";
    return {
      id: `grant ${grant.key}${place === 0 ? "" : ` ${act?.receiptId ?? "changed"}`}`,
      lane: 0,
      from,
      to: Math.max(to, from + 1),
      isOpen,
      look: grant.active ? "open" : "past",
      words: `Grant, ${visibleText(level)}\n${lasted}\n${why}`,
      href: routeHash(screen === "ledger" ? { screen } : { screen, targetId: history.targetId }),
    };
  });
}

function stretchesOf(grant: Grant): readonly Stretch[] {
  if (grant.createdAt === null) return [];
  const from = Date.parse(grant.createdAt);
  const [first, ...changes] = grant.acts;
  if (first === undefined)
    return [{ from, level: printedLevel(grant), why: "Not opened from this console", act: null }];
  const isOurs = Date.parse(first.at) - from <= clockTolerance;
  const opening: readonly Stretch[] = isOurs
    ? [{ ...stretchOf(first), from }]
    : [{ from, level: "level not told", why: "Not opened from this console", act: null }, stretchOf(first)];
  return [...opening, ...changes.map(stretchOf), ...changedElsewhere(grant)];
}

const stretchOf = (act: GrantAct): Stretch => ({
  from: Date.parse(act.at),
  level: levelWords(act.level),
  why: whyWords(act),
  act,
});

/** The target shows another level than this console asked for last. */
function changedElsewhere(grant: Grant): readonly Stretch[] {
  const last = grant.acts.at(-1);
  if (last === undefined || grant.updatedAt === null || grant.level === last.level) return [];
  const from = Date.parse(grant.updatedAt);
  if (from <= Date.parse(last.at)) return [];
  return [{ from, level: printedLevel(grant), why: "Changed from elsewhere", act: null }];
}

/** What this console opened and no listed grant shows: a target forgets its grants after 30 days. */
export function recordedItems(history: History, now: number): readonly TimelineItem[] {
  const shown = new Set(history.grants.flatMap(({ acts }) => acts.map(({ receiptId }) => receiptId)));
  return history.acts.flatMap((act) => (shown.has(act.id) ? [] : recordedItem(act, history, now)));
}

function recordedItem(opened: Act, history: History, now: number): readonly TimelineItem[] {
  const { id, act, outcome, finishedAt, minutes, level } = opened;
  if (act !== "grant" || outcome !== "granted" || minutes === null || level === null) return [];
  const from = byDevice(finishedAt, history);
  const shuts = history.acts
    .filter((one) => one.act === "revoke" && one.outcome === "closed")
    .map((one) => byDevice(one.finishedAt, history))
    .filter((at) => at >= from);
  const to = Math.min(from + minutes * 60_000, now, ...shuts);
  return [
    {
      id: `act ${id}`,
      lane: 0,
      from,
      to: Math.max(to, from + 1),
      isOpen: false,
      look: "past",
      words: `Grant, ${levelWords(level)}, as the ledger has it\n${lastedWords(from, to)}\n${whyWords(opened)}`,
      href: routeHash({ screen: "ledger" }),
    },
  ];
}
