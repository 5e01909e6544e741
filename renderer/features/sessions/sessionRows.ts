import type { Level, Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { csv } from "../../ui/csv.ts";

export type SessionFilter = { readonly text: string; readonly level: Level | "all" };

/** The sessions that fit: the level, and the words in any of their fields. */
export function filterSessions(sessions: readonly Session[], filter: SessionFilter): readonly Session[] {
  const wanted = filter.text.trim().toLowerCase();
  return sessions.filter(
    (session) =>
      (filter.level === "all" || session.level === filter.level) &&
      (wanted === "" || sessionWords(session).includes(wanted)),
  );
}

function sessionWords(session: Session): string {
  const { id, levelAsPrinted, startedAt, endedAt, remoteApplication, other } = session;
  return [id, levelAsPrinted, startedAt, endedAt, remoteApplication, ...other.map(({ text }) => text)]
    .join(" ")
    .toLowerCase();
}

/** How long it ran, or has been running, in ms; null when its start was not printed. */
export function sessionMilliseconds(session: Session, now: number): number | null {
  if (session.startedAt === null) return null;
  return (session.endedAt === null ? now : Date.parse(session.endedAt)) - Date.parse(session.startedAt);
}

/** The rows as they are shown, for a spreadsheet. Times are UTC. */
export function sessionsCsv(sessions: readonly Session[]): string {
  return csv(
    ["session", "level", "started (UTC)", "ended (UTC)", "application", "transcript forgotten (UTC)"],
    sessions.map((session) => [
      session.id,
      printedLevel(session),
      session.startedAt ?? "",
      session.endedAt ?? "",
      session.remoteApplication ?? "",
      session.transcriptForgottenAt ?? "",
    ]),
  );
}
