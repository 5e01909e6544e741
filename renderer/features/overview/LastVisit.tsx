import type { Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { useStream } from "../../parts/useStream.ts";
import { routeHash } from "../../stores/route.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { durationWords } from "../../ui/timeWords.ts";
import { visibleText } from "../../ui/visibleText.ts";

/** Who was inside last, with the way to what was done. The readings are those the door is read by anyway. */
export function LastVisit({ targetId }: { readonly targetId: string }) {
  const reading = useFrom("sessions", (state) => state.byTarget[targetId]?.reading ?? null);
  const watch = useFrom("sessions", (state) => state.watch);
  useStream(`last visit ${targetId}`, (signal) => watch(targetId, signal));
  if (reading === null) return null;
  const last = lastEnded(reading.sessions);
  if (last === null) return <p className="soft">No visit has ended here that the target still knows of.</p>;
  return (
    <p className="soft">
      Last visit ended <RelativeTime at={last.endedAt} />
      {last.session.startedAt !== null &&
        `, ${durationWords(Date.parse(last.endedAt) - Date.parse(last.session.startedAt))} long`}
      , {visibleText(printedLevel(last.session))}.{" "}
      <a href={routeHash({ screen: "transcript", targetId, sessionId: last.session.id })}>
        Read what was done
      </a>
    </p>
  );
}

function lastEnded(sessions: readonly Session[]): { session: Session; endedAt: string } | null {
  const ended = sessions.flatMap((session) =>
    session.endedAt === null ? [] : [{ session, endedAt: session.endedAt }],
  );
  return ended.toSorted((a, b) => Date.parse(b.endedAt) - Date.parse(a.endedAt))[0] ?? null;
}
