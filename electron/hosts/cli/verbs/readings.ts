import type { ConsoleClient, Grant, Session, TranscriptFacts } from "#contract";
import { exitCode, UsageError } from "../exitCodes.ts";
import { jsonLine } from "../print.ts";
import { signedInTarget } from "../target.ts";
import type { Verb } from "./verb.ts";

/** The grants in force and those of the last 30 days. */
export const grants: Verb = {
  summary: "list grants in force and those of the last 30 days",
  options: [],
  prepare: (options) => async (console, io) => {
    const target = await signedInTarget(console, options, io);
    const reading = await console.grants.list({ targetId: target.id }, { signal: io.signal });
    if (options.json === true) io.out(jsonLine({ target: target.name, ...reading }));
    else if (reading.grants.length === 0) io.out(`No grants, by ${reading.endpoint} at ${reading.readAt}.`);
    else for (const grant of reading.grants) io.out(grantLine(grant));
    return exitCode.done;
  },
};

/** The visits of engineers, newest first. */
export const sessions: Verb = {
  summary: "list the visits of engineers: [--from ISO-TIME]",
  options: ["from"],
  prepare: (options) => {
    const from = readInstant(options.from);
    return async (console, io) => {
      const target = await signedInTarget(console, options, io);
      const reading = await console.sessions.list({ targetId: target.id, from }, { signal: io.signal });
      if (options.json === true) io.out(jsonLine({ target: target.name, ...reading }));
      else if (reading.sessions.length === 0)
        io.out(`No sessions, by ${reading.endpoint} at ${reading.readAt}.`);
      else for (const session of reading.sessions) io.out(sessionLine(session));
      return exitCode.done;
    };
  },
};

function readInstant(text: string | undefined): string | null {
  if (text === undefined) return null;
  const instant = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(instant.getTime()))
    throw new UsageError(`--from "${text}" is no ISO time, such as 2026-11-20 or 2026-11-20T10:00:00Z.`);
  return instant.toISOString();
}

const grantLine = (grant: Grant): string =>
  `${grant.state.padEnd(8)} ${grant.levelAsPrinted.padEnd(18)} from ${grant.createdAt ?? "?"} until ${grant.expiresAt ?? "?"}  ${grant.connectionStatus ?? ""}`.trimEnd();

const sessionLine = (session: Session): string =>
  `${session.id}  ${session.levelAsPrinted.padEnd(18)} ${session.startedAt ?? "?"} - ${session.endedAt ?? "inside now"}`;

/** The lines of a transcript in order, read in pages. */
export async function* transcriptLines(
  console: ConsoleClient,
  facts: TranscriptFacts,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { transcriptId, lines } = facts;
  for (let from = 1; from <= lines; from += 5_000) {
    const page = await console.transcripts.page(
      { transcriptId, from, count: Math.min(5_000, lines - from + 1) },
      { signal },
    );
    yield* page.lines;
  }
}

/** The text of a transcript to the letter, in pieces that never part a surrogate pair. */
export async function* transcriptText(
  console: ConsoleClient,
  facts: TranscriptFacts,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let rest = "";
  for (let from = 0; from < facts.characters; from += 500_000) {
    const { text } = await console.transcripts.text(
      { transcriptId: facts.transcriptId, from, count: 500_000 },
      { signal },
    );
    const piece = rest + text;
    const cut = /[\ud800-\udbff]$/.test(piece) ? piece.length - 1 : piece.length;
    yield piece.slice(0, cut);
    rest = piece.slice(cut);
  }
  if (rest !== "") yield rest;
}
