import { levels } from "#contract";
import type { Session, SessionsReading } from "#contract";
import { useEffect, useState } from "react";
import { levelWords } from "../../parts/doorWords.ts";
import { EndpointReadings } from "../../parts/EndpointReadings.tsx";
import { isWhole, noneWords, readCountWords } from "../../parts/readWords.ts";
import { readingTrouble } from "../../parts/readingTrouble.ts";
import { ShowCommands } from "../../parts/ShowCommands.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { SaveIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { TextField } from "../../ui/TextField.tsx";
import { Working } from "../../ui/Working.tsx";
import { sessionColumns } from "./columns.tsx";
import { filterSessions, sessionsCsv, sessionsText } from "./sessionRows.ts";
import type { SessionFilter } from "./sessionRows.ts";
import "./Sessions.css";

const acts = ["sessions"] as const;

/** Every visit that a target still knows of; live ones grow where they stand. */
export function SessionsScreen({ targetId }: { readonly targetId: string }) {
  const overview = useTarget(targetId);
  const target = overview?.target;
  const view = useFrom("sessions", (state) => state.byTarget[targetId]);
  const watch = useFrom("sessions", (state) => state.watch);
  const choose = useFrom("route", (state) => state.choose);
  useStream(`sessions ${targetId}`, (signal) => watch(targetId, signal));
  useEffect(() => choose(targetId), [choose, targetId]);
  const reading = view?.reading ?? null;
  const trouble = view?.trouble ?? null;
  return (
    <div className="fill">
      <PageHeader
        title={`Sessions${target === undefined ? "" : ` of ${target.name}`}`}
        note={
          reading === null ? (
            "The target keeps a session's transcript for 90 days after its end."
          ) : (
            <>
              {reading.endpoint} answered <RelativeTime at={reading.readAt} />
              {isWhole(reading.endpoints) && `; ${readCountWords(reading.endpoints)}`}
            </>
          )
        }
      />
      {trouble !== null && trouble.code !== "channelLost" && (
        <Trouble
          {...(reading === null || target === undefined
            ? { kind: "danger", title: "The sessions could not be read" }
            : readingTrouble(target, trouble, overview?.door.state ?? "unknown"))}
          failure={trouble}
          targetId={targetId}
        />
      )}
      {reading === null && trouble?.code === "channelLost" && (
        <Empty title="Not read yet">
          The sessions are read as soon as page and console are connected again.
        </Empty>
      )}
      {reading === null && trouble === null && (
        <Working words={`Asking ${target?.name ?? "the target"} for its sessions…`} />
      )}
      {reading !== null && !isWhole(reading.endpoints) && (
        <EndpointReadings
          endpoints={reading.endpoints}
          targetId={targetId}
          targetName={target?.name ?? targetId}
          alreadySaid={trouble?.sentence}
        />
      )}
      {reading !== null && <Listed reading={reading} targetId={targetId} name={target?.name ?? targetId} />}
      <ShowCommands targetId={targetId} acts={acts} />
    </div>
  );
}

const levelChoices = [
  { value: "all", words: "All levels" },
  ...levels.map((level) => ({ value: level, words: levelWords(level) })),
] as const;

const newestFirst = [
  { id: "state", desc: false },
  { id: "startedAt", desc: true },
];

type ListedProps = { readonly reading: SessionsReading; readonly targetId: string; readonly name: string };

function Listed({ reading, targetId, name }: ListedProps) {
  const [filter, setFilter] = useState<SessionFilter>({ text: "", level: "all" });
  const go = useFrom("route", (state) => state.go);
  const { sessions } = reading;
  if (sessions.length === 0)
    return isWhole(reading.endpoints) ? (
      <Empty title="Nobody has been inside">The target knows of no session.</Empty>
    ) : (
      <Empty title="No session was read">
        That proves nothing yet: sessions are {noneWords("none", reading.endpoints)}.
      </Empty>
    );
  const rows = filterSessions(sessions, filter);
  const open = (session: Session): void => go({ screen: "transcript", targetId, sessionId: session.id });
  const file = `sessions-${name}-${reading.readAt.slice(0, 10)}`;
  return (
    <DataTable
      name={`Sessions of ${name}`}
      data={rows}
      columns={sessionColumns}
      rowId={(session) => session.id}
      sortedBy={newestFirst}
      onOpen={open}
      tools={(shown) => (
        <div className="spread">
          <div className="session-filters">
            <TextField
              label="Filter"
              type="search"
              value={filter.text}
              placeholder="any word of a row"
              onChange={(text) => setFilter({ ...filter, text })}
            />
            <ChoiceField
              label="Level"
              value={filter.level}
              choices={levelChoices}
              onChange={(level) => setFilter({ ...filter, level })}
            />
          </div>
          <div className="actions">
            <output className="soft numbers">
              {shown.length} of {sessions.length} sessions
            </output>
            <CopyButton words="Copy" name="Copy the rows shown" text={() => sessionsText(shown)} />
            <Button icon={SaveIcon} onPress={() => saveFile(`${file}.csv`, sessionsCsv(shown), "text/csv")}>
              Save as CSV
            </Button>
            <Button
              icon={SaveIcon}
              onPress={() => saveFile(`${file}.json`, JSON.stringify(shown, null, 2), "application/json")}
            >
              Save as JSON
            </Button>
          </div>
        </div>
      )}
    />
  );
}
