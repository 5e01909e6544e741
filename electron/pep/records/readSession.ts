import type { Session } from "#contract";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { levelOf } from "./levels.ts";
import { contentOf } from "./readTranscriptContent.ts";
import { RecordFields } from "./recordFields.ts";

/** Transcripts are kept ninety days after the session (domain 3.1). */
const TRANSCRIPT_KEPT = 90 * 86_400_000;

/** A session as `Get-RemoteSupportSessionHistory` prints it (domain 4.6), read by name. Null when the value is none. */
export function readSession(value: ClixmlValue): Session | null {
  const fields = new RecordFields(value);
  const id = fields.text("SessionId");
  if (id === null) return null;
  contentOf(fields);
  const levelAsPrinted = fields.text("AccessLevel") ?? "";
  const endedAt = fields.time("SessionEndTime", "SessionEndOn", "EndTime");
  return {
    id,
    level: levelOf(levelAsPrinted),
    levelAsPrinted,
    startedAt: fields.time("SessionStartTime", "SessionStartOn", "StartTime"),
    running: endedAt === null,
    endedAt,
    remoteApplication: fields.text("RemoteApplication"),
    transcriptPath: fields.text("SessionTranscriptPath", "TranscriptPath", "TranscriptLocation"),
    transcriptForgottenAt: endedAt === null ? null : later(endedAt, TRANSCRIPT_KEPT),
    other: fields.others(),
    shownBy: [],
    under: null,
  };
}

function later(time: string, milliseconds: number): string | null {
  const date = new Date(Date.parse(time) + milliseconds);
  return date.getUTCFullYear() > 9999 ? null : date.toISOString();
}
