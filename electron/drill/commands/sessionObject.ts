import { customObject } from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { hasTranscript } from "../model/retention.ts";
import type { Instant, StampSession } from "../model/stampState.ts";
import { transcriptText } from "../model/transcript.ts";
import { transcriptPath } from "../model/transcriptParts.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { printedDate, printedEnum } from "./printedValues.ts";

/** A session as it is printed: once, or under two spellings of its id. */
export function printedSession(
  session: StampSession,
  now: Instant,
  withTranscript: boolean,
  switches: StampSwitches,
): readonly ClixmlObject[] {
  const object = sessionObject(session, now, withTranscript, switches);
  if (switches.sessionShape !== "duplicate") return [object];
  return [object, { ...object, extended: new Map(object.extended).set("SessionId", `{${session.id}}`) }];
}

/** The id to the letter. */
export function printedSessionId({ id }: StampSession, { sessionShape }: StampSwitches): string {
  return sessionShape === "bracedIds" ? `{${id.toUpperCase()}}` : id;
}

/** .NET's DateTime.MaxValue, to the millisecond. */
const maxValue = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const eightHours = 28_800_000;

function endOfOneThatRuns(now: Instant, { sessionShape }: StampSwitches): Instant | null {
  if (sessionShape === "endMaxValue") return maxValue;
  return sessionShape === "endInFuture" ? now + eightHours : null;
}

const otherNames: Readonly<Record<string, string>> = {
  SessionId: "Id",
  AccessLevel: "Scope",
  SessionStartTime: "StartTime",
  SessionEndTime: "EndTime",
};

/** A session as Azure Stack Edge prints it (domain.md 4.6), the transcript in it where it was asked for. */
export function sessionObject(
  session: StampSession,
  now: Instant,
  withTranscript: boolean,
  switches: StampSwitches,
): ClixmlObject {
  const isKept = hasTranscript(session, now) && switches.transcript !== "missing";
  const content = withTranscript ? transcriptText(session, now, switches) : null;
  const properties: readonly (readonly [string, ClixmlValue])[] = [
    ["SessionId", printedSessionId(session, switches)],
    ["RemoteApplication", "Powershell"],
    ["AccessLevel", printedEnum("AccessLevel", session.level, switches)],
    ["ControlSession", false],
    ["SessionStartTime", printedDate(session.startedAt, switches)],
    ["SessionEndTime", printedDate(session.ended?.at ?? endOfOneThatRuns(now, switches), switches)],
    ["SessionTranscriptPath", isKept ? transcriptPath(session, switches.timeZone) : null],
    ["SessionTranscriptContent", content],
  ];
  return customObject(new Map(shaped(properties, withTranscript, switches)));
}

function shaped(
  properties: readonly (readonly [string, ClixmlValue])[],
  withTranscript: boolean,
  switches: StampSwitches,
): readonly (readonly [string, ClixmlValue])[] {
  switch (switches.sessionShape) {
    case "edge":
    case "endMaxValue":
    case "endInFuture":
    case "duplicate":
    case "bracedIds":
      return properties;
    case "otherNames":
      return properties.map(([name, value]) => [otherNames[name] ?? name, value]);
    case "otherTranscriptName":
      return properties.map(([name, value]) => [
        name === "SessionTranscriptContent" ? "Transcript" : name,
        value,
      ]);
    case "optionalMissing": {
      const optional = ["RemoteApplication", "ControlSession", "SessionTranscriptPath"];
      return properties.filter(
        ([name]) => !optional.includes(name) && (withTranscript || name !== "SessionTranscriptContent"),
      );
    }
    default:
      return switches.sessionShape satisfies never;
  }
}
