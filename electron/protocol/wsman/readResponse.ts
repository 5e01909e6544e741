import { attribute, child, children, textOf } from "../xml/find.ts";
import type { XmlElement } from "../xml/tree.ts";
import { readDuration } from "./duration.ts";
import { openEnvelope } from "./envelope.ts";
import type { OpenedEnvelope } from "./envelope.ts";
import {
  actions,
  commandStates,
  configNamespace,
  faultActions,
  namespaces,
  powershellNamespace,
} from "./names.ts";
import { readFault } from "./readFault.ts";
import type { CommandState, ListedCommand, ReceivedStream, WsmanResponse } from "./responses.ts";
import type { ShellFacts } from "./shellFacts.ts";
import { streamBytes } from "./streams.ts";
import { WsmanError } from "./wsmanError.ts";

const { rsp, w, n, x, a } = namespaces;
const mostStreams = 10_000;

/**
 * The answer to a request, faults included. Throws WsmanError: "malformed" for what is no such envelope,
 * "foreignAnswer" and "unexpectedAction" for the answer to something else.
 */
export function readResponse(
  text: string,
  expected: { readonly messageId: string; readonly action: string },
): WsmanResponse {
  const envelope = openEnvelope(text);
  const fault = child(envelope.body, namespaces.s, "Fault");
  checkRelation(envelope, expected.messageId, fault !== null);
  if (fault !== null) return { type: "fault", fault: readFault(fault) };
  if (envelope.action === faultActions.wsman || envelope.action === faultActions.addressing)
    throw new WsmanError("malformed", "An answer says it is a fault and holds none");
  if (envelope.action !== `${expected.action}Response`)
    throw new WsmanError("unexpectedAction", "The Action of an answer does not fit the request");
  return readBody(expected.action, envelope.body);
}

/** A fault may lack RelatesTo, when the server could not read so far; it must never name another request. */
function checkRelation(envelope: OpenedEnvelope, messageId: string, isFault: boolean): void {
  if (isFault && envelope.relatesTo === null) return;
  if (envelope.relatesTo?.toLowerCase() !== messageId.toLowerCase())
    throw new WsmanError("foreignAnswer", "An answer relates to another request");
}

function readBody(action: string, body: XmlElement): WsmanResponse {
  switch (action) {
    case actions.create:
      return readCreated(body);
    case actions.command:
      return {
        type: "commandStarted",
        commandId: textAt(needed(body, rsp, "CommandResponse"), rsp, "CommandId"),
      };
    case actions.receive:
      return readReceived(needed(body, rsp, "ReceiveResponse"));
    case actions.send:
      return { type: "sent" };
    case actions.signal:
      return { type: "signalled" };
    case actions.disconnect:
      return { type: "disconnected" };
    case actions.reconnect:
      return { type: "reconnected" };
    case actions.delete:
      return { type: "deleted" };
    case actions.connect:
      return readConnected(body);
    case actions.get:
      return readGot(body);
    case actions.enumerate:
      return readListed(needed(body, n, "EnumerateResponse"));
    case actions.pull:
      return readListed(needed(body, n, "PullResponse"));
    default:
      throw new WsmanError("unexpectedAction", "This Action is none of the shell operations");
  }
}

/** Windows 7 and 2008 R2 may leave out rsp:ShellId: then the selector counts (protocol 5.4). */
function readCreated(body: XmlElement): WsmanResponse {
  const shell = child(body, rsp, "Shell");
  const created = child(body, x, "ResourceCreated");
  const parameters = created === null ? null : child(created, a, "ReferenceParameters");
  const set = parameters === null ? null : child(parameters, w, "SelectorSet");
  const selector = set === null ? undefined : children(set, w, "Selector").find(isShellId);
  const facts = shell === null ? null : readShell(shell);
  const shellId = facts?.shellId || (selector === undefined ? "" : textOf(selector).trim());
  if (shellId === "") throw new WsmanError("malformed", "The answer to Create names no shell");
  return { type: "created", shellId, shell: facts };
}

const isShellId = (selector: XmlElement): boolean => attribute(selector, "Name") === "ShellId";

function readReceived(response: XmlElement): WsmanResponse {
  const streams = children(response, rsp, "Stream");
  if (streams.length > mostStreams) throw new WsmanError("malformed", "An answer has too many streams");
  const state = child(response, rsp, "CommandState");
  return {
    type: "received",
    streams: streams.map(readStream),
    commandState: state === null ? null : readCommandState(state),
  };
}

const readStream = (stream: XmlElement): ReceivedStream => ({
  name: attribute(stream, "Name") ?? "",
  commandId: attribute(stream, "CommandId"),
  bytes: streamBytes(textOf(stream)),
  end: attribute(stream, "End")?.toLowerCase() === "true",
});

function readCommandState(state: XmlElement): CommandState {
  const name = (attribute(state, "State") ?? "").slice(commandStates.length + 1).toLowerCase();
  const exitCode = child(state, rsp, "ExitCode");
  const number = exitCode === null ? Number.NaN : Number.parseInt(textOf(exitCode), 10);
  return {
    commandId: attribute(state, "CommandId"),
    state: name === "running" || name === "pending" || name === "done" ? name : "other",
    exitCode: Number.isNaN(number) ? null : number,
  };
}

function readConnected(body: XmlElement): WsmanResponse {
  const response = needed(body, rsp, "ConnectResponse");
  const xml = child(response, powershellNamespace, "connectResponseXml");
  return { type: "connected", connectResponseXml: xml === null ? null : streamBytes(textOf(xml)) };
}

function readGot(body: XmlElement): WsmanResponse {
  const shell = child(body, rsp, "Shell");
  if (shell !== null) return { type: "shell", shell: readShell(shell) };
  const config = needed(body, configNamespace, "Config");
  const kilobytes = Number(textAt(config, configNamespace, "MaxEnvelopeSizekb"));
  const readable = Number.isSafeInteger(kilobytes) && kilobytes > 0;
  return { type: "configuration", maxEnvelopeSize: readable ? kilobytes * 1024 : null };
}

/** EndOfSequence stands in the namespace of WSMan or of enumeration, by server. */
function readListed(response: XmlElement): WsmanResponse {
  const items = child(response, w, "Items") ?? child(response, n, "Items");
  const ended = child(response, w, "EndOfSequence") ?? child(response, n, "EndOfSequence");
  const context = textAt(response, n, "EnumerationContext");
  return {
    type: "listed",
    shells: items === null ? [] : children(items, rsp, "Shell").map(readShell),
    commands: items === null ? [] : children(items, rsp, "Command").map(readListedCommand),
    more: ended !== null || context === "" ? null : context,
  };
}

const readListedCommand = (command: XmlElement): ListedCommand => ({
  commandId: textAt(command, rsp, "CommandId") || (attribute(command, "CommandId") ?? ""),
  state: textAt(command, rsp, "CommandState") || textAt(command, rsp, "State"),
});

function readShell(shell: XmlElement): ShellFacts {
  const text = (name: string): string => textAt(shell, rsp, name);
  return {
    shellId: text("ShellId") || (attribute(shell, "ShellId") ?? ""),
    name: text("Name") || (attribute(shell, "Name") ?? ""),
    resourceUri: text("ResourceUri"),
    owner: text("Owner"),
    clientIp: text("ClientIP"),
    processId: text("ProcessId"),
    idleTimeoutMs: readDuration(text("IdleTimeOut")),
    maxIdleTimeoutMs: readDuration(text("MaxIdleTimeOut")),
    state: text("State"),
    runTimeMs: readDuration(text("ShellRunTime")),
    inactivityMs: readDuration(text("ShellInactivity")),
    compression: text("CompressionMode"),
    locale: text("Locale"),
    dataLocale: text("DataLocale"),
  };
}

const textAt = (element: XmlElement, namespace: string, name: string): string => {
  const found = child(element, namespace, name);
  return found === null ? "" : textOf(found).trim();
};

function needed(body: XmlElement, namespace: string, name: string): XmlElement {
  const found = child(body, namespace, name);
  if (found === null) throw new WsmanError("malformed", `An answer has no ${name}`);
  return found;
}
