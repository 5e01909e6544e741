import { ConsoleError, type ConsoleHandlers, type TranscriptFacts } from "#contract";
import type { World } from "../world.ts";
import { createShelf, type Shelf, type ShelvedTranscript } from "./createShelf.ts";
import { findLines } from "./findLines.ts";
import { takeApart } from "./takeApart.ts";
import { transcriptFacts } from "./transcriptFacts.ts";

/** transcripts.*: read once, then paged from memory. */
export function transcriptsHandlers(world: World): ConsoleHandlers["transcripts"] {
  const shelf = createShelf();
  return {
    open: async ({ targetId, sessionId }, signal) => {
      world.registry.find(targetId);
      const copy = shelf.copyOf(targetId, sessionId);
      if (copy?.final !== true) return openFresh(world, shelf, copy, targetId, sessionId, signal);
      return shelf.take(copy.facts.transcriptId).facts;
    },
    page: async ({ transcriptId, from, count }) => {
      const { lines } = shelf.take(transcriptId);
      const length = Math.max(0, Math.min(count, lines.count - from + 1));
      return { from, lines: Array.from({ length }, (_, index) => lines.line(from + index)) };
    },
    text: async ({ transcriptId, from, count }) => ({
      text: shelf.take(transcriptId).text.slice(from, from + count),
    }),
    find: async ({ transcriptId, text, matchCase }) =>
      findLines(shelf.take(transcriptId).lines, text, matchCase),
    close: async ({ transcriptId }) => {
      shelf.close(transcriptId);
      return null;
    },
  };
}

async function openFresh(
  world: World,
  shelf: Shelf,
  copy: ShelvedTranscript | null,
  targetId: string,
  sessionId: string,
  signal: AbortSignal,
): Promise<TranscriptFacts> {
  const { chance, clock } = world.ports;
  const target = world.registry.find(targetId);
  const { endpoint, value } = await world.reach.first(target, signal, (runspace, inner) =>
    runspace.readTranscript(sessionId, inner),
  );
  if (value === null)
    throw new ConsoleError(
      "notFound",
      `${endpoint} knows no session ${sessionId}. It forgets them after 90 days.`,
    );
  const { session, text } = value;
  if (text === "") throw noTranscript(endpoint, sessionId, session.endedAt === null);
  const parts = takeApart(text, session.level);
  const source = { transcriptId: chance.uuid(), targetId, endpoint, readAt: clock.now().toISOString() };
  const version = versionOf(text, copy);
  const facts = transcriptFacts({ ...source, ...version, session, text }, parts, chance);
  shelf.put({
    facts,
    lines: parts.lines,
    text,
    changed: version.changed,
    final: session.endedAt !== null && !parts.live,
  });
  return facts;
}

const noTranscript = (endpoint: string, sessionId: string, running: boolean): ConsoleError =>
  running
    ? new ConsoleError(
        "notFound",
        `${endpoint} gives no transcript of session ${sessionId} while it runs. Read it when the session has ended.`,
        { remedy: "retry" },
      )
    : new ConsoleError("notFound", `${endpoint} has no transcript of session ${sessionId} any more.`);

/** How a text stands to the copy before it. That one was changed stays told for as long as the text only grows. */
function versionOf(
  text: string,
  copy: ShelvedTranscript | null,
): { readonly continues: string | null; readonly changed: string | null } {
  if (copy === null) return { continues: null, changed: null };
  if (!text.startsWith(copy.text)) return { continues: null, changed: changeWords(copy, text) };
  return { continues: copy.facts.transcriptId, changed: copy.changed };
}

function changeWords(copy: ShelvedTranscript, text: string): string {
  const how = text.length < copy.text.length ? "is shorter than" : "does not begin like";
  return `The transcript ${how} the copy read at ${copy.facts.readAt} (SHA-256 ${copy.facts.sha256}): it was changed on the target.`;
}
