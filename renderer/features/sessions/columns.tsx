import type { Session } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { columnsOf } from "../../ui/dataTableFeatures.ts";
import { InsideIcon, TranscriptIcon } from "../../ui/icons.ts";
import { consoleNow } from "../../ui/consoleClock.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { durationWords } from "../../ui/timeWords.ts";
import { useNow } from "../../ui/useNow.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { caseWords, sessionMilliseconds, stateWords } from "./sessionRows.ts";

const column = columnsOf<Session>();

/** Four hours fill the bar (ms). */
const fullBar = 4 * 3_600_000;

export const sessionColumns = column.columns([
  column.accessor((session) => (session.running ? 0 : 1), {
    id: "state",
    header: "State",
    sortFn: "basic",
    cell: ({ row: { original } }) =>
      original.running ? (
        <span className="session-live">
          <InsideIcon aria-hidden /> {stateWords(original)}
        </span>
      ) : (
        stateWords(original)
      ),
  }),
  column.accessor((session) => session.startedAt ?? "", {
    id: "startedAt",
    header: "Started",
    sortFn: "basic",
    cell: ({ row: { original } }) => <DeviceTime at={original.startedAt} missing="not printed" />,
  }),
  column.accessor((session) => sessionMilliseconds(session, consoleNow()) ?? 0, {
    id: "duration",
    header: "Duration",
    sortFn: "basic",
    cell: ({ row: { original } }) => <Duration session={original} />,
  }),
  column.accessor((session) => printedLevel(session), {
    id: "level",
    header: "Level",
    sortFn: "alphanumeric",
    cell: ({ row: { original } }) => visibleText(printedLevel(original)),
  }),
  column.display({
    id: "open",
    header: "Transcript",
    cell: ({ row: { original } }) => <OpenTranscript session={original} />,
  }),
  column.accessor((row) => caseWords(row), {
    id: "case",
    header: "Case",
    sortFn: "alphanumeric",
    cell: ({ row: { original } }) => <Case row={original} />,
  }),
  column.accessor((session) => session.transcriptForgottenAt ?? "", {
    id: "forgotten",
    header: "Forgotten",
    sortFn: "basic",
    cell: ({ row: { original } }) => <DeviceTime at={original.transcriptForgottenAt} missing="–" />,
  }),
  column.accessor("id", {
    header: "Session",
    sortFn: "alphanumeric",
    cell: ({ row: { original } }) => (
      <span className="mono" title={visibleText(original.id)}>
        {shortId(visibleText(original.id))}
      </span>
    ),
  }),
  column.accessor((session) => session.remoteApplication ?? "", {
    id: "application",
    header: "Application",
    sortFn: "alphanumeric",
    cell: ({ row: { original } }) => visibleText(original.remoteApplication ?? "–"),
  }),
]);

/** A GUID by its first block; the transcript, the filter and what is saved have all of it. */
function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id;
}

/** Why the visit was let in, as far as this console opened the door for it. */
function Case({ row }: { readonly row: Session }) {
  const { under } = row;
  if (under === null)
    return (
      <span className="soft" title="No act of this console is known that it began under">
        not ours
      </span>
    );
  return (
    <span className="session-case" title={`${under.reason}, by ${under.operator}`}>
      {caseWords(row)}
    </span>
  );
}

/** A time by the target's clock, told as that clock tells it now. */
function DeviceTime({ at, missing }: { readonly at: string | null; readonly missing: string }) {
  const aheadMs = useDeviceAhead();
  return at === null ? missing : <RelativeTime at={at} aheadMs={aheadMs} />;
}

/** The target of this screen: the one in its address, else the one chosen last. */
function useShownTargetId(): string | null {
  const route = useFrom("route", (state) => state.route);
  const chosen = useFrom("route", (state) => state.chosenTargetId);
  return (route.screen === "sessions" ? route.targetId : null) ?? chosen;
}

function useDeviceAhead(): number | null {
  return useTarget(useShownTargetId())?.door.deviceAheadMs ?? null;
}

function Duration({ session }: { readonly session: Session }) {
  const now = useNow() + (useDeviceAhead() ?? 0);
  const milliseconds = sessionMilliseconds(session, now);
  if (milliseconds === null) return "–";
  return (
    <span className="session-duration">
      <span
        className="session-bar"
        data-live={session.running}
        style={{ width: `${Math.max(2, Math.min(1, milliseconds / fullBar) * 60)}px` }}
        aria-hidden="true"
      />
      {durationWords(milliseconds)}
    </span>
  );
}

function OpenTranscript({ session }: { readonly session: Session }) {
  const go = useFrom("route", (state) => state.go);
  const targetId = useShownTargetId();
  if (targetId === null) return null;
  const word = session.running ? "Watch" : "Read";
  return (
    <Button
      kind="quiet"
      icon={TranscriptIcon}
      name={`${word} the transcript of session ${session.id}`}
      onPress={() => go({ screen: "transcript", targetId, sessionId: session.id })}
    >
      {word}
    </Button>
  );
}
