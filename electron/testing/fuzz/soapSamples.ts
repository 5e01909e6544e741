import { faultOf } from "../../protocol/wsman/faultTable.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import {
  connectShell,
  createShell,
  deleteShell,
  disconnectShell,
  enumerateCommands,
  enumerateShells,
  getConfiguration,
  getShell,
  pullMore,
  receiveOutput,
  runCommand,
  sendInput,
  signalCommand,
} from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import {
  type AnswerBody,
  type ServedShell,
  writeFault,
  writeResponse,
} from "../../protocol/wsman/writeAnswer.ts";
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

const shell: ServedShell = {
  shellId,
  name: "Runspace",
  resourceUri: "http://schemas.microsoft.com/powershell/PrivilegedEndpoint",
  owner: "AZS\\cloudadmin",
  clientIp: "127.0.0.1",
  processId: 4_711,
  idleTimeoutMs: 7_200_000,
  state: "Connected",
  runTimeMs: 61_000,
  inactivityMs: 1_000,
};

/** Each request with what a server says to it. */
const turns: readonly (readonly [WsmanRequest, AnswerBody])[] = [
  [
    receiveOutput(context, { ...parts, timeoutMs: 60_000 }),
    { type: "received", commandId, fragments: [bytes], state: "done" },
  ],
  [
    createShell(context, { shellId, creationXml: bytes }),
    { type: "created", address: "http://127.0.0.1/wsman", shell },
  ],
  [runCommand(context, { ...parts, bytes }), { type: "commandStarted", commandId }],
  [sendInput(context, { ...parts, stream: "stdin", bytes }), { type: "sent" }],
  [signalCommand(context, { ...parts, signal: "stop" }), { type: "signalled" }],
  [deleteShell(context, { shellId }), { type: "empty" }],
  [connectShell(context, { shellId, connectXml: bytes }), { type: "connected", connectResponseXml: bytes }],
  [disconnectShell(context, { shellId }), { type: "empty" }],
  [getShell(context, { shellId }), { type: "shell", shell }],
  [getConfiguration(context), { type: "configuration", maxEnvelopeSizeKb: 500 }],
  [enumerateShells(context), { type: "shells", shells: [shell] }],
  [enumerateCommands(context, { shellId }), { type: "commands", commandIds: [commandId] }],
  [pullMore(context, { of: "shells", enumerationContext: shellId }), { type: "shells", shells: [shell] }],
];

export const requestSamples: readonly Uint8Array[] = turns.map(([{ envelope }]) => bytesOf(envelope));

export const answerSamples: readonly Uint8Array[] = [
  ...turns.map(([request, body]) => bytesOf(answerTo(request, body))),
  bytesOf(writeFault({ messageId: turns[0]?.[0].messageId ?? "" }, faultOf(5), () => shellId)),
];

function answerTo(sent: WsmanRequest, body: AnswerBody): string {
  const request = readRequest(sent.envelope);
  if (request.type !== "request") throw new Error("our own request is refused");
  return writeResponse(request.headers, body, () => shellId);
}

const expectations = turns.map(([{ messageId, action }]) => ({ messageId, action }));

/** The request that an answer answers, by the Action in its text; that of a Receive when the mutation spoilt it. */
export function expectedFor(text: string): { readonly messageId: string; readonly action: string } {
  const action = /<a:Action[^>]*>([^<]*)Response</.exec(text)?.[1];
  return (
    expectations.find((one) => one.action === action) ?? expectations[0] ?? { messageId: "", action: "" }
  );
}
