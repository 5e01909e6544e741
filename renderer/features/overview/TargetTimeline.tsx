import type { Act, Grant, Preferences, Session } from "#contract";
import { isWhole, noneWords, readCountWords } from "../../parts/readWords.ts";
import { useStream } from "../../parts/useStream.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Segments } from "../../ui/Segments.tsx";
import { Timeline } from "../../ui/Timeline.tsx";
import { timelineTicks } from "../../ui/timelineTicks.ts";
import { useNowWords } from "../../ui/useNow.ts";
import { clockTolerance } from "./grantEnd.ts";
import { HistoryTable } from "./HistoryTable.tsx";
import { lanes, timelineItems } from "./timelineItems.ts";

const hour = 3_600_000;
const spans = {
  day: { words: "24 h", length: 24 * hour },
  week: { words: "7 d", length: 7 * 24 * hour },
  quarter: { words: "90 d", length: 90 * 24 * hour },
} as const;
type Span = Preferences["timeline"];
const choices = Object.entries(spans).map(([value, { words }]) => ({ value, words }));

const noGrants: readonly Grant[] = [];
const noSessions: readonly Session[] = [];
const noActs: readonly Act[] = [];

type TargetTimelineProps = {
  readonly targetId: string;
  readonly targetName: string;
  readonly deviceAheadMs: number | null;
  /** False keeps what was read and reads nothing new: nobody can see it. */
  readonly isWatched: boolean;
};

/** What happened on a target: grants as bars, sessions under them, revokes and ends as marks; the same as a table. */
export function TargetTimeline({ targetId, targetName, deviceAheadMs, isWatched }: TargetTimelineProps) {
  const watch = useFrom("grants", (state) => state.watch);
  useStream(isWatched ? `grants ${targetId}` : null, (signal) => watch(targetId, signal));
  const reading = useFrom("grants", (state) => state.byTarget[targetId]?.reading ?? null);
  const grants = reading?.grants ?? noGrants;
  const acts = useFrom("grants", (state) => state.byTarget[targetId]?.acts) ?? noActs;
  const sessions = useFrom("sessions", (state) => state.byTarget[targetId]?.reading?.sessions) ?? noSessions;
  const span = useFrom("settings", (state) => state.preferences.timeline);
  const change = useFrom("settings", (state) => state.change);
  const ahead = deviceAheadMs ?? 0;
  const now = Number(useNowWords((at) => String(Math.ceil((at + ahead) / 60_000) * 60_000)));
  const from = now - spans[span].length;
  const items = timelineItems({ targetId, grants, sessions, acts, deviceAheadMs }, { from, now });
  return (
    <section className="history" aria-label={`History of ${targetName}`}>
      <div className="spread">
        <h3>
          What happened in the last {spans[span].words}
          {items.length === 0 && (
            <span className="soft">: {noneWords("nothing", reading?.endpoints ?? [])}</span>
          )}
        </h3>
        <Segments
          name="How far back"
          value={span}
          choices={choices}
          onChange={(value) => void change({ timeline: spanOf(value) })}
        />
      </div>
      <Timeline
        name={`Timeline of ${targetName}: the arrow keys walk, Enter goes there`}
        lanes={lanes}
        items={items}
        from={from}
        to={now}
        ticks={timelineTicks(from, now)}
        zone="UTC"
      />
      {items.length > 0 && reading !== null && !isWhole(reading.endpoints) && (
        <p className="soft small">
          There may be more: {readCountWords(reading.endpoints)}
          {reading.endpoints.some(({ notUnderstood }) => notUnderstood.length > 0) &&
            ", and not all of it was understood"}
          .
        </p>
      )}
      {items.length > 0 && reading === null && (
        <p className="soft small">From the ledger alone: the grants of the target are not read yet.</p>
      )}
      {Math.abs(ahead) > clockTolerance && (
        <p className="soft small">All of these times are by the target's clock.</p>
      )}
      {items.length > 0 && <HistoryTable items={items} name={targetName} />}
    </section>
  );
}

function spanOf(value: string): Span {
  return value === "day" || value === "quarter" ? value : "week";
}
