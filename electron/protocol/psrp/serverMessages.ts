import { bigIntegerOf, integerOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { readHostResponse } from "./hostCalls.ts";
import { contentOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { messageTypes, messageTypeText } from "./messageTypes.ts";
import { PsrpError } from "./psrpError.ts";
import type { ServerEvent } from "./serverEvents.ts";
import type { ServerSide } from "./serverPipeline.ts";
import { readPublicKey } from "./sessionKey.ts";

/* What a server hears from a pool that is open, message by message. */

/** What a message to the pool says, once it is open. */
export function poolMessage(side: ServerSide, message: Message): ServerEvent {
  const content = contentOf(message);
  const callId = bigIntegerOf(property(content, "ci")) ?? 0n;
  switch (message.type) {
    case messageTypes.publicKey:
      return { type: "publicKey", ...readPublicKey(textOf(property(content, "PublicKey")) ?? "") };
    case messageTypes.setMaxRunspaces:
      return { type: "setMaxRunspaces", callId, count: integerOf(property(content, "MaxRunspaces")) ?? -1 };
    case messageTypes.setMinRunspaces:
      return { type: "setMinRunspaces", callId, count: integerOf(property(content, "MinRunspaces")) ?? -1 };
    case messageTypes.getAvailableRunspaces:
      return { type: "getAvailableRunspaces", callId };
    case messageTypes.resetRunspaceState:
      return { type: "resetRunspaceState", callId };
    case messageTypes.runspacePoolHostResponse:
      return hostResponse(null, side, content);
    default:
      return note(`message ${messageTypeText(message.type)} of the pool is not known`);
  }
}

/** What a message to a running pipeline says; the end of its input is kept in the side. */
export function runningMessage(pipeline: string, side: ServerSide, message: Message): ServerEvent {
  switch (message.type) {
    case messageTypes.pipelineInput:
      return side.inputEnded
        ? note("input after the end of the input")
        : { type: "input", pipeline, value: contentOf(message) };
    case messageTypes.endOfPipelineInput:
      if (side.inputEnded) return note("a second end of the input");
      side.inputEnded = true;
      return { type: "endOfInput", pipeline };
    case messageTypes.pipelineHostResponse:
      return hostResponse(pipeline, side, contentOf(message));
    default:
      return note(`message ${messageTypeText(message.type)} of a pipeline is not known`);
  }
}

const hostResponse = (pipeline: string | null, side: ServerSide, content: ClixmlValue): ServerEvent => {
  const response = readHostResponse(content);
  return side.calls.answer(response.callId, response.method)
    ? { type: "hostResponse", pipeline, ...response }
    : note("an answer to a host call that is not open");
};

/** Said for whoever debugs; nothing follows from it. */
export function note(text: string): ServerEvent {
  return { type: "note", text };
}

/** What cannot be read breaks nothing but itself. */
export function malformed(pipeline: string | null, error: PsrpError): ServerEvent {
  return { type: "malformed", pipeline, error };
}

/** The same where `read` fails. */
export function readable(pipeline: string | null, read: () => ServerEvent): ServerEvent {
  try {
    return read();
  } catch (error) {
    return malformed(pipeline, psrpErrorOf(error));
  }
}

/** Bugs of ours go on as they are. */
export function psrpErrorOf(error: unknown): PsrpError {
  if (error instanceof PsrpError) return error;
  throw error;
}
