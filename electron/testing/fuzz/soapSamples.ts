import { faultOf } from "../../protocol/wsman/faultTable.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import {
  createShell,
  deleteShell,
  receiveOutput,
  runCommand,
  sendInput,
  signalCommand,
} from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import { type AnswerBody, writeFault, writeResponse } from "../../protocol/wsman/writeAnswer.ts";
import { bytesOf, commandId, shellId } from "./samples.ts";

const context = {
  to: "http://127.0.0.1:5985/wsman",
  configuration: "PrivilegedEndpoint",
  sessionId: shellId,
  maxEnvelopeSize: 512_000,
  newId: () => shellId,
};
const bytes = new Uint8Array(30).fill(65);
const parts = { shellId, commandId };

const requests: readonly WsmanRequest[] = [
  createShell(context, { shellId, creationXml: bytes }),
  runCommand(context, { ...parts, bytes }),
  receiveOutput(context, { ...parts, timeoutMs: 60_000 }),
  sendInput(context, { ...parts, stream: "stdin", bytes }),
  signalCommand(context, { ...parts, signal: "stop" }),
  deleteShell(context, { shellId }),
];

export const requestSamples: readonly Uint8Array[] = requests.map(({ envelope }) => bytesOf(envelope));

/** What a client expects of the answers below: that to a Receive. */
export const expected = requests[2] ?? { messageId: "", action: "" };

const received: AnswerBody = { type: "received", commandId, fragments: [bytes], state: "done" };

export const answerSamples: readonly Uint8Array[] = answersTo(expected.messageId);

function answersTo(messageId: string): readonly Uint8Array[] {
  const request = readRequest(requests[2]?.envelope ?? "");
  if (request.type !== "request") throw new Error("our own request is refused");
  const answer = writeResponse(request.headers, received, () => shellId);
  return [bytesOf(answer), bytesOf(writeFault({ messageId }, faultOf(5), () => shellId))];
}
