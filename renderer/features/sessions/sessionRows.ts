import type { Level, Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { csv, tabbed } from "../../ui/csv.ts";

/** The case, or where it has none the reason, that a visit was let in for. */
export function caseWords({ under }: Session): string {
  if (under === null) return "";
  return under.caseNumber === "" ? under.reason : under.caseNumber;
}

/** Whether a visit goes on, by the target's own words; an end that nobody can read is an end. */
export function stateWords({ running, endedAt }: Session): string {
  if (running) return "Inside now";
  return endedAt === null ? "Ended; when cannot be read" : "Ended";
}

export type SessionFilter = { readonly text: string; readonly level: Level | "all" };

/** The sessions that fit: the level, and the words in any of their fields. */
export function filterSessions(rows: readonly Session[], filter: SessionFilter): readonly Session[] {
  const wanted = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (filter.level === "all" || row.level === filter.level) &&
      (wanted === "" || sessionWords(row).includes(wanted)),
  );
}

function sessionWords(row: Session): string {
  const { id, levelAsPrinted, startedAt, endedAt, remoteApplication, other, under } = row;
  const why = under === null ? "" : `${under.caseNumber} ${under.reason} ${under.operator}`;
  return [
    stateWords(row),
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

/** How long it ran, or has been running, in ms; null when its start or its end is not known. */
export function sessionMilliseconds({ startedAt, endedAt, running }: Session, now: number): number | null {
  if (startedAt === null || (!running && endedAt === null)) return null;
  return (running || endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt);
}

const head = [
  "session",
  "state",
  "level",
  "started (UTC)",
  "ended (UTC)",
  "case",
  "reason",
  "granted by",
  "application",
  "transcript forgotten (UTC)",
];

function cells(row: Session): readonly string[] {
  return [
    row.id,
    stateWords(row),
    printedLevel(row),
    row.startedAt ?? "",
    row.endedAt ?? "",
    row.under?.caseNumber ?? "",
    row.under?.reason ?? "",
    row.under?.operator ?? "",
    row.remoteApplication ?? "",
    row.transcriptForgottenAt ?? "",
  ];
}

/** The rows as they are shown, for a spreadsheet. Times are UTC. */
export function sessionsCsv(rows: readonly Session[]): string {
  return csv(head, rows.map(cells));
}

/** The same for the clipboard. */
export function sessionsText(rows: readonly Session[]): string {
  return tabbed(head, rows.map(cells));
}
