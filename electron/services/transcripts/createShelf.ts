import { ConsoleError, type TranscriptFacts } from "#contract";
import type { LineIndex } from "./lineIndex.ts";

/** So many transcripts stay in memory; the one that was used longest ago gives way. */
const mostOpen = 6;

export type ShelvedTranscript = {
  readonly facts: TranscriptFacts;
  readonly lines: LineIndex;
  readonly text: string;
  /** How it, or the copy that it continues, differs from an earlier one. */
  readonly changed: string | null;
  /** True when it will not change any more: the session has an end, and the text an end block. */
  readonly final: boolean;
};

/** The transcripts in memory. Closing one says that nobody looks at it; an ended one stays at hand for a while. */
export type Shelf = {
  /** The newest copy of a session's transcript. */
  copyOf(targetId: string, sessionId: string): ShelvedTranscript | null;
  put(transcript: ShelvedTranscript): void;
  /** @throws ConsoleError notFound */
  take(transcriptId: string): ShelvedTranscript;
  close(transcriptId: string): void;
};

/** An empty shelf. */
export function createShelf(): Shelf {
  const held = new Map<string, ShelvedTranscript>();
  const touch = (transcript: ShelvedTranscript): void => {
    held.delete(transcript.facts.transcriptId);
    held.set(transcript.facts.transcriptId, transcript);
  };
  return {
    copyOf: (targetId, sessionId) =>
      [...held.values()].findLast(
        ({ facts }) => facts.targetId === targetId && facts.sessionId === sessionId,
      ) ?? null,
    put: (transcript) => {
      touch(transcript);
      for (const id of [...held.keys()].slice(0, -mostOpen)) held.delete(id);
    },
    take: (transcriptId) => {
      const transcript = held.get(transcriptId);
      if (transcript === undefined)
        throw new ConsoleError(
          "notFound",
          "This transcript is no longer in memory. Open it again from its session.",
          {
            remedy: "retry",
          },
        );
      touch(transcript);
      return transcript;
    },
    close: (transcriptId) => {
      if (held.get(transcriptId)?.final === false) held.delete(transcriptId);
    },
  };
}
