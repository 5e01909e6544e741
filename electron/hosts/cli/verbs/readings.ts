import type { ConsoleClient, EndpointReading, Grant, Session, TranscriptFacts } from "#contract";
import { exitCode, UsageError } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
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
    const { endpoints, readAt } = reading;
    if (options.json === true)
      io.out(jsonLine({ target: target.name, ...withCounts(endpoints), ...reading }));
    else {
      for (const grant of reading.grants) io.out(grantLine(grant));
      if (reading.grants.length === 0) io.out(noneLine("grants", endpoints, readAt));
      tellReading(endpoints, io);
    }
    return codeOfReading(endpoints);
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
      const { endpoints, readAt } = reading;
      if (options.json === true)
        io.out(jsonLine({ target: target.name, ...withCounts(endpoints), ...reading }));
      else {
        for (const session of reading.sessions) io.out(sessionLine(session));
        if (reading.sessions.length === 0) io.out(noneLine("sessions", endpoints, readAt));
        tellReading(endpoints, io);
      }
      return codeOfReading(endpoints);
    };
  },
};

type Endpoints = readonly EndpointReading[];

const wereRead = (endpoints: Endpoints): Endpoints => endpoints.filter(({ failure }) => failure === null);
const notUnderstoodIn = (endpoints: Endpoints): readonly string[] =>
  endpoints.flatMap(({ endpoint, notUnderstood }) => notUnderstood.map((text) => `${endpoint}: ${text}`));

/** How much of the target was read, and what of it nobody understood. */
const withCounts = (endpoints: Endpoints) => ({
  endpointsRead: wereRead(endpoints).length,
  endpointsOf: endpoints.length,
  notUnderstood: notUnderstoodIn(endpoints),
});

/** An empty list is a statement: it says what it rests on, and is none where something was not understood. */
function noneLine(things: "grants" | "sessions", endpoints: Endpoints, readAt: string): string {
  const names = wereRead(endpoints).map(({ endpoint }) => endpoint);
  const said = notUnderstoodIn(endpoints).length > 0 ? `No ${things} that are understood` : `No ${things}`;
  return `${said}, by ${names.join(", ")} at ${readAt}.`;
}

function tellReading(endpoints: Endpoints, io: CliIo): void {
  io.say(`${wereRead(endpoints).length} of ${endpoints.length} endpoints were read.`);
  for (const { endpoint, failure } of endpoints)
    if (failure !== null) io.say(`${endpoint} was not read: ${failure.sentence}`);
  for (const text of notUnderstoodIn(endpoints)) io.say(`not understood, from ${text}`);
}

/** What was not understood may be a grant in force or a visit, so such a reading is no success. */
const codeOfReading = (endpoints: Endpoints): number =>
  notUnderstoodIn(endpoints).length > 0 ? exitCode.refused : exitCode.done;

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
  `${session.id}  ${session.levelAsPrinted.padEnd(18)} ${session.startedAt ?? "?"} - ${session.running ? "inside now" : (session.endedAt ?? "ended, at a time that cannot be read")}`;

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
