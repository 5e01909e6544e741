import type { Session, SessionsReading } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { noneWords } from "../../parts/readWords.ts";
import { useStream } from "../../parts/useStream.ts";
import { routeHash } from "../../stores/route.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { durationWords } from "../../ui/timeWords.ts";
import { useNowWords } from "../../ui/useNow.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { soonForgotten } from "./soonForgotten.ts";

type LastVisitProps = {
  readonly targetId: string;
  readonly deviceAheadMs: number | null;
  /** False keeps what was read and reads nothing new: nobody can see it. */
  readonly isWatched: boolean;
};

/** Who was inside last, with the way to what was done. The readings are those the door is read by anyway. */
export function LastVisit({ targetId, deviceAheadMs, isWatched }: LastVisitProps) {
  const reading = useFrom("sessions", (state) => state.byTarget[targetId]?.reading ?? null);
  const watch = useFrom("sessions", (state) => state.watch);
  useStream(isWatched ? `last visit ${targetId}` : null, (signal) => watch(targetId, signal));
  if (reading === null) return <p className="soft">Visits: not read yet.</p>;
  const last = lastEnded(reading.sessions);
  if (last === null) return <p className="soft">{noVisitWords(reading)}</p>;
  return (
    <>
      <p className="soft">
        Last visit ended <RelativeTime at={last.endedAt} aheadMs={deviceAheadMs} />
        {last.session.startedAt !== null &&
          `, ${durationWords(Date.parse(last.endedAt) - Date.parse(last.session.startedAt))} long`}
        , {visibleText(printedLevel(last.session))}.{" "}
        <a href={routeHash({ screen: "transcript", targetId, sessionId: last.session.id })}>
          Read what was done
        </a>
      </p>
      <SoonForgotten sessions={reading.sessions} targetId={targetId} />
    </>
  );
}

function noVisitWords({ sessions, endpoints }: SessionsReading): string {
  if (sessions.some(({ running }) => !running)) return "When the last visit ended cannot be read.";
  return `Ended visits that the target still knows of: ${noneWords("none", endpoints)}.`;
}

/** Transcripts that the target deletes within these days are told of. */
const soonDays = 7;

function SoonForgotten({
  sessions,
  targetId,
}: {
  readonly sessions: readonly Session[];
  readonly targetId: string;
}) {
  const now = Number(useNowWords((at) => String(Math.floor(at / 3_600_000) * 3_600_000)));
  const { count, first } = soonForgotten(sessions, now, soonDays);
  if (first === null) return null;
  return (
    <p className="soft">
      The target forgets {count === 1 ? "a transcript" : `${count} transcripts`} within {soonDays} days, the
      first <RelativeTime at={first} />.{" "}
      <a href={routeHash({ screen: "sessions", targetId })}>Save what is needed</a>
    </p>
  );
}

function lastEnded(sessions: readonly Session[]): { session: Session; endedAt: string } | null {
  const ended = sessions.flatMap((session) =>
    session.endedAt === null ? [] : [{ session, endedAt: session.endedAt }],
  );
  return ended.toSorted((a, b) => Date.parse(b.endedAt) - Date.parse(a.endedAt))[0] ?? null;
}
