import { customObject } from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { hasTranscript } from "../model/retention.ts";
import type { Instant, StampSession } from "../model/stampState.ts";
import { transcriptText } from "../model/transcript.ts";
import { transcriptPath } from "../model/transcriptParts.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { printedDate, printedEnum } from "./printedValues.ts";

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
    ["SessionId", session.id],
    ["RemoteApplication", "Powershell"],
    ["AccessLevel", printedEnum("AccessLevel", session.level, switches)],
    ["ControlSession", false],
    ["SessionStartTime", printedDate(session.startedAt, switches)],
    ["SessionEndTime", printedDate(session.ended?.at ?? null, switches)],
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
      return properties;
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
