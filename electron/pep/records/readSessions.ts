import type { Session } from "#contract";
import type { ReadingCommand } from "../../products/shapes.ts";
import type { NotUnderstood } from "../../services/ports.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { mayHoldRecord } from "./mayHoldRecord.ts";
import { provenOrder } from "./provenOrder.ts";
import { readAnswer } from "./readAnswer.ts";
import { datedSession, sessionOf, sessionParts, type SessionReading } from "./readSession.ts";

const command: ReadingCommand = "Get-RemoteSupportSessionHistory";

/** A session as it was listed, with what its record has besides. */
export type ListedSession = {
  readonly session: Session;
  readonly printedId: string;
  readonly transcript: string;
};

/** The sessions in an answer as often as they are listed, and all that is left of it that nobody understood. */
export function readSessions(
  invoked: Pick<Invoked, "output" | "said" | "aside">,
  reading: Omit<SessionReading, "order">,
): { readonly listed: readonly ListedSession[]; readonly notUnderstood: NotUnderstood } {
  const { shapes, device } = reading;
  const { records, left } = readAnswer(invoked, command, shapes, sessionParts);
  const order = provenOrder(records.map(({ parts }) => datedSession(parts, device)));
  const listed = records.map(({ value, parts }): ListedSession => {
    const session = sessionOf(parts, { ...reading, order });
    if (!session.running && parts.fields.left().some((item) => mayHoldRecord(item, shapes)))
      left.value(value);
    return { session, printedId: parts.printedId, transcript: parts.transcript };
  });
  return { listed, notUnderstood: left.texts };
}
