import type { Session } from "#contract";
import { dateTime } from "../../protocol/clixml/build.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import { readSession } from "../records/readSession.ts";
import { readTranscriptContent } from "../records/readTranscriptContent.ts";
import { separate } from "../records/separate.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Get-RemoteSupportSessionHistory";

/** -FromDate is always sent: without it a build may look back seven days only. */
export function getRemoteSupportSessionHistory(options: {
  readonly from: Date;
  readonly sessionId: string | null;
  readonly transcript: boolean;
}): ClientCommand {
  return command(name, {
    FromDate: dateTime(options.from),
    SessionId: options.sessionId ?? undefined,
    IncludeSessionTranscript: options.transcript ? true : undefined,
  });
}

/** Throws ConsoleError where the endpoint had an error. */
export function readSessionList(invoked: Invoked, place: string): readonly Session[] {
  demandAccepted(invoked, name, place);
  return separate(invoked.output).objects.flatMap((object) => readSession(object) ?? []);
}

/** The session of that id with its transcript, or null when it is not among what was printed. */
export function readTranscriptOf(
  invoked: Invoked,
  sessionId: string,
  place: string,
): { readonly session: Session; readonly text: string } | null {
  demandAccepted(invoked, name, place);
  for (const object of separate(invoked.output).objects) {
    const session = readSession(object);
    if (session?.id.toLowerCase() === sessionId.toLowerCase())
      return { session, text: readTranscriptContent(object) };
  }
  return null;
}
