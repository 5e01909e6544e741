import type { Session, TranscriptFacts } from "#contract";
import type { Chance } from "../ports.ts";
import { deviceOffsetMinutes } from "./deviceOffset.ts";
import type { TakenApart } from "./takeApart.ts";

export type TranscriptSource = {
  readonly transcriptId: string;
  readonly targetId: string;
  readonly endpoint: string;
  readonly readAt: string;
  readonly session: Session;
  readonly text: string;
  readonly continues: string | null;
  /** How the text differs from an earlier copy of the same transcript, in words. */
  readonly changed: string | null;
};

/** Everything a client is told about a transcript without its text. The hash is that of the raw text as UTF-8. */
export function transcriptFacts(
  source: TranscriptSource,
  parts: TakenApart,
  chance: Chance,
): TranscriptFacts {
  const { transcriptId, targetId, endpoint, readAt, continues, session, text } = source;
  const started = parts.header.find(({ key }) => key.toLowerCase() === "start time")?.value ?? null;
  return {
    transcriptId,
    targetId,
    sessionId: session.id,
    endpoint,
    readAt,
    continues,
    live: parts.live,
    lines: parts.lines.count,
    characters: text.length,
    sha256: chance.sha256(text),
    header: parts.header,
    deviceOffsetMinutes: deviceOffsetMinutes(started, session.startedAt),
    outline: parts.outline,
    operations: parts.operations,
    warnings: [...(source.changed === null ? [] : [source.changed]), ...warningsOf(parts, session)],
  };
}

function warningsOf(parts: TakenApart, session: Session): readonly string[] {
  const above = parts.outline.filter((operation) => operation.class === "aboveLevel").length;
  const told = (when: boolean, words: string): readonly string[] => (when ? [words] : []);
  return [
    ...told(above > 0, `${above} above the level of the session: repair operations under Diagnostics.`),
    ...told(
      parts.doubtful > 0,
      `${parts.doubtful} doubtful: lines that look like an operation but may be output imitating one. They are listed where they begin a line.`,
    ),
    ...told(parts.transcripts === 0, "The text has no transcript header."),
    ...told(
      parts.transcripts > 1,
      `${parts.transcripts} transcripts are joined in this text; the header is the first one's.`,
    ),
    ...told(
      parts.live && session.endedAt !== null,
      "The session has ended, but the text has no end block: it may be cut.",
    ),
    ...told(parts.trailing > 0, `${parts.trailing} lines stand after the end of the transcript.`),
  ];
}
