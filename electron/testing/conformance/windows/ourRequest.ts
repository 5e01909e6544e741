import { randomUUID } from "node:crypto";
import type { WsmanContext } from "../../../protocol/wsman/context.ts";
import { powershellNamespace, signalCodes } from "../../../protocol/wsman/names.ts";
import * as requests from "../../../protocol/wsman/requests.ts";
import type { RequestBody, RequestHeaders } from "../../../protocol/wsman/serverRequest.ts";

const noBytes = new Uint8Array();

/**
 * The envelope that our client sends for the same call; null where it has no such call. Its payload is left empty:
 * payloads are compared as messages.
 */
export function ourRequest(headers: RequestHeaders, body: RequestBody): string | null {
  const inConfiguration = headers.resourceUri.startsWith(`${powershellNamespace}/`);
  const isService =
    body.type === "getShell" || body.type === "getConfiguration" || body.type.startsWith("enum");
  if (!inConfiguration && !isService && !isInAnyShell(body)) return null;
  const context: WsmanContext = {
    to: headers.to,
    configuration: inConfiguration ? headers.resourceUri.slice(powershellNamespace.length + 1) : "none",
    sessionId: (headers.sessionId ?? randomUUID()).replace(/^uuid:/i, ""),
    maxEnvelopeSize: 153_600,
    newId: randomUUID,
  };
  const envelope = envelopeFor(context, { shellId: headers.selectors.get("ShellId") ?? "" }, body);
  return inConfiguration || isService
    ? envelope
    : (envelope?.replace(`${powershellNamespace}/none`, headers.resourceUri) ?? null);
}

/** A text shell is not offered, but what ends its commands and itself is written as in a shell of ours. */
const isInAnyShell = ({ type }: RequestBody): boolean => type === "signal" || type === "delete";

function envelopeFor(
  context: WsmanContext,
  inShell: { readonly shellId: string },
  body: RequestBody,
): string | null {
  switch (body.type) {
    case "create":
      return requests.createShell(context, {
        shellId: body.shellId ?? "",
        creationXml: noBytes,
        ...(body.idleTimeoutMs === null ? {} : { idleTimeoutMs: body.idleTimeoutMs }),
      }).envelope;
    case "command":
      return requests.runCommand(context, { ...inShell, commandId: body.commandId ?? "", bytes: noBytes })
        .envelope;
    case "receive":
      return requests.receiveOutput(context, { ...inShell, commandId: body.commandId }).envelope;
    case "send":
      return sendFor(context, inShell, body.streams[0]);
    case "signal": {
      const signal = body.code === signalCodes.terminate ? "terminate" : "stop";
      return requests.signalCommand(context, { ...inShell, commandId: body.commandId ?? "", signal })
        .envelope;
    }
    case "disconnect":
      return requests.disconnectShell(context, {
        ...inShell,
        ...(body.idleTimeoutMs === null ? {} : { idleTimeoutMs: body.idleTimeoutMs }),
      }).envelope;
    default:
      return plainRequest(context, inShell, body);
  }
}

function plainRequest(
  context: WsmanContext,
  inShell: { readonly shellId: string },
  body: RequestBody,
): string | null {
  switch (body.type) {
    case "reconnect":
      return requests.reconnectShell(context, inShell).envelope;
    case "delete":
      return requests.deleteShell(context, inShell).envelope;
    case "getShell":
      return requests.getShell(context, inShell).envelope;
    case "getConfiguration":
      return requests.getConfiguration(context).envelope;
    case "connect":
      return body.commandId === null
        ? requests.connectShell(context, { ...inShell, connectXml: noBytes }).envelope
        : requests.connectCommand(context, { ...inShell, commandId: body.commandId }).envelope;
    case "enumerateShells":
      return requests.enumerateShells(context).envelope;
    case "enumerateCommands":
      return requests.enumerateCommands(context, { shellId: body.shellId ?? "" }).envelope;
    default:
      return null;
  }
}

function sendFor(
  context: WsmanContext,
  inShell: { readonly shellId: string },
  stream: { readonly name: string; readonly commandId: string | null } | undefined,
): string {
  const name = stream?.name === "pr" ? "pr" : "stdin";
  const commandId = stream?.commandId ?? null;
  return requests.sendInput(context, { ...inShell, commandId, stream: name, bytes: noBytes }).envelope;
}
