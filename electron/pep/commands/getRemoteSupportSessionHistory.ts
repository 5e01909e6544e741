import { ConsoleError, type Session } from "#contract";
import { dateTime } from "../../protocol/clixml/build.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { HistoryReading, NotUnderstood } from "../../services/ports.ts";
import { oneOfEach } from "../records/oneOfEach.ts";
import type { SessionReading } from "../records/readSession.ts";
import { type ListedSession, readSessions } from "../records/readSessions.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Get-RemoteSupportSessionHistory";

/** Older than the product, and no date that a clock or a zone could push over an edge: all that there is. */
const beginning = new Date("2000-01-01T00:00:00Z");

/** -FromDate is always sent: without it a build may look back seven days only. */
export function getRemoteSupportSessionHistory(options: {
  readonly from: Date | null;
  readonly sessionId: string | null;
  readonly transcript: boolean;
}): ClientCommand {
  return command(name, {
    FromDate: dateTime(options.from ?? beginning),
    SessionId: options.sessionId ?? undefined,
    IncludeSessionTranscript: options.transcript ? true : undefined,
  });
}

type Reading = Omit<SessionReading, "order">;

/** Throws ConsoleError where the endpoint had an error. */
export function readSessionList(invoked: Invoked, reading: Reading, place: string): HistoryReading {
  demandAccepted(invoked, name, place);
  const { listed, notUnderstood } = readSessions(invoked, reading);
  return { sessions: oneOfEach(listed.map(({ session }) => session)), notUnderstood };
}

/**
 * How the endpoint spells the id of that session (in its canonical form); null where it does not list it. Throws
 * badAnswer where what it lists is not understood.
 */
export function spelledId(
  invoked: Invoked,
  sessionId: string,
  reading: Reading,
  place: string,
): string | null {
  demandAccepted(invoked, name, place);
  const { listed, notUnderstood } = readSessions(invoked, reading);
  const found = listed.find(isOf(sessionId));
  if (found === undefined) demandUnderstood(notUnderstood, place);
  return found?.printedId ?? null;
}

/**
 * The session of that id (in its canonical form) with its transcript, or null when it is not among what was printed.
 * Throws badAnswer where it may be what nobody understood.
 */
export function readTranscriptOf(
  invoked: Invoked,
  sessionId: string,
  reading: Reading,
  place: string,
): { readonly session: Session; readonly text: string } | null {
  demandAccepted(invoked, name, place);
  const { listed, notUnderstood } = readSessions(invoked, reading);
  const found = listed.filter(isOf(sessionId));
  const [session] = oneOfEach(found.map((one) => one.session));
  if (session !== undefined) return { session, text: found.map((one) => one.transcript).reduce(longer, "") };
  demandUnderstood(notUnderstood, place);
  return null;
}

/** What is not among what was understood may be in the rest. */
function demandUnderstood([words]: NotUnderstood, place: string): void {
  if (words === undefined) return;
  throw new ConsoleError(
    "badAnswer",
    `${place} printed something for ${name} that is not understood. Check the connection to see all of it. Its own words: “${words}”`,
  );
}

const isOf =
  (sessionId: string) =>
  ({ session }: ListedSession): boolean =>
    session.id.toLowerCase() === sessionId.toLowerCase();

const longer = (one: string, other: string): string => (other.length > one.length ? other : one);
