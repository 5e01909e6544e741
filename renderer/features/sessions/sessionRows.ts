import type { Act, Level, Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { csv, tabbed } from "../../ui/csv.ts";

/** A visit, and the act of this console that let it in, where there was one. */
export type SessionRow = Session & { readonly grantedBy: Act | null };

/** Joins visits with the acts on their target (oldest first): by time, since no target names a case. */
export function sessionRows(sessions: readonly Session[], acts: readonly Act[]): readonly SessionRow[] {
  return sessions.map((session) => ({ ...session, grantedBy: grantedBy(session, acts) }));
}

function grantedBy({ startedAt }: Session, acts: readonly Act[]): Act | null {
  if (startedAt === null) return null;
  const at = Date.parse(startedAt);
  const last = acts.findLast(
    ({ outcome, startedAt: asked }) =>
      (outcome === "granted" || outcome === "closed") && Date.parse(asked) <= at,
  );
  if (last === undefined || last.outcome !== "granted" || last.minutes === null) return null;
  return at <= Date.parse(last.finishedAt) + last.minutes * 60_000 ? last : null;
}

/** The case, or where it has none the reason, that a visit was let in for. */
export function caseWords({ grantedBy: act }: SessionRow): string {
  if (act === null) return "";
  return act.caseNumber === "" ? act.reason : act.caseNumber;
}

export type SessionFilter = { readonly text: string; readonly level: Level | "all" };

/** The sessions that fit: the level, and the words in any of their fields. */
export function filterSessions(rows: readonly SessionRow[], filter: SessionFilter): readonly SessionRow[] {
  const wanted = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (filter.level === "all" || row.level === filter.level) &&
      (wanted === "" || sessionWords(row).includes(wanted)),
  );
}

function sessionWords(row: SessionRow): string {
  const { id, levelAsPrinted, startedAt, endedAt, remoteApplication, other, grantedBy: act } = row;
  const state = endedAt === null ? "inside now" : "ended";
  const why = act === null ? "" : `${act.caseNumber} ${act.reason} ${act.operator}`;
  return [
    state,
    printedLevel(row),
    id,
    levelAsPrinted,
    startedAt,
    endedAt,
    remoteApplication,
    why,
    ...other.map(({ text }) => text),
  ]
    .join(" ")
    .toLowerCase();
}

/** How long it ran, or has been running, in ms; null when its start was not printed. */
export function sessionMilliseconds(session: Session, now: number): number | null {
  if (session.startedAt === null) return null;
  return (session.endedAt === null ? now : Date.parse(session.endedAt)) - Date.parse(session.startedAt);
}

const head = [
  "session",
  "level",
  "started (UTC)",
  "ended (UTC)",
  "case",
  "reason",
  "granted by",
  "application",
  "transcript forgotten (UTC)",
];

function cells(row: SessionRow): readonly string[] {
  return [
    row.id,
    printedLevel(row),
    row.startedAt ?? "",
    row.endedAt ?? "",
    row.grantedBy?.caseNumber ?? "",
    row.grantedBy?.reason ?? "",
    row.grantedBy?.operator ?? "",
    row.remoteApplication ?? "",
    row.transcriptForgottenAt ?? "",
  ];
}

/** The rows as they are shown, for a spreadsheet. Times are UTC. */
export function sessionsCsv(rows: readonly SessionRow[]): string {
  return csv(head, rows.map(cells));
}

/** The same for the clipboard. */
export function sessionsText(rows: readonly SessionRow[]): string {
  return tabbed(head, rows.map(cells));
}
