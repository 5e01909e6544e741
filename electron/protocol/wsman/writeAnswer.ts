import { toBase64 } from "../clixml/base64.ts";
import { node, writeXml } from "../xml/write.ts";
import type { XmlNode } from "../xml/write.ts";
import { writeDuration, writeLongDuration } from "./duration.ts";
import {
  anonymous,
  commandStates,
  configNamespace,
  faultActions,
  namespaces,
  powershellNamespace,
} from "./names.ts";
import { envelopeNode, selectorSet } from "./requestEnvelope.ts";
import type { RequestHeaders } from "./serverRequest.ts";
import type { WsmanFault } from "./wsmanFault.ts";

/** A shell as the server describes it; the fields stand in the order of real servers ([R], protocol 5.4). */
export type ServedShell = {
  readonly shellId: string;
  readonly name: string | null;
  readonly resourceUri: string;
  readonly owner: string;
  readonly clientIp: string;
  readonly processId: number;
  readonly idleTimeoutMs: number;
  readonly state: "Connected" | "Disconnected";
  readonly runTimeMs: number;
  readonly inactivityMs: number;
};

export type AnswerBody =
  | { readonly type: "created"; readonly address: string; readonly shell: ServedShell }
  | { readonly type: "commandStarted"; readonly commandId: string }
  | {
      readonly type: "received";
      readonly commandId: string | null;
      readonly fragments: readonly Uint8Array[];
      readonly state: "done" | "pending" | null;
    }
  | { readonly type: "sent" | "signalled" | "empty" | "commandConnected" }
  | { readonly type: "connected"; readonly connectResponseXml: Uint8Array }
  | { readonly type: "shell"; readonly shell: ServedShell }
  | { readonly type: "shells"; readonly shells: readonly ServedShell[]; readonly part?: ListedPart }
  | { readonly type: "commands"; readonly commandIds: readonly string[]; readonly part?: ListedPart }
  | { readonly type: "configuration"; readonly maxEnvelopeSizeKb: number };

/** A listing that goes on under that context, or ends; whole in one answer where nothing is said of it. */
export type ListedPart = { readonly context: string | null; readonly isPulled: boolean };

/** The answer to a request, related to it. `newId` gives a GUID for the message and one for the activity. */
export function writeResponse(
  request: Pick<RequestHeaders, "action" | "messageId" | "operationId">,
  body: AnswerBody,
  newId: () => string,
): string {
  const content = bodyOf(body);
  return writeXml(envelopeNode(header(`${request.action}Response`, request, newId), content));
}

/** The fault as an answer; HTTP status 500 belongs to it. `messageId` null when the request's could not be read. */
export function writeFault(
  request: { readonly messageId: string | null; readonly operationId?: string | null },
  fault: WsmanFault,
  newId: () => string,
): string {
  const action = fault.subcode.startsWith("a:") ? faultActions.addressing : faultActions.wsman;
  return writeXml(envelopeNode(header(action, request, newId), faultNode(fault)));
}

function header(
  action: string,
  request: { readonly messageId: string | null; readonly operationId?: string | null },
  newId: () => string,
): XmlNode {
  const operation =
    typeof request.operationId === "string"
      ? [
          node("p:OperationID", { "s:mustUnderstand": "false" }, request.operationId),
          node("p:SequenceId", {}, "1"),
        ]
      : [];
  return node("s:Header", {}, [
    node("a:Action", {}, action),
    node("a:MessageID", {}, `uuid:${newId().toUpperCase()}`),
    ...operation,
    node("p:ActivityId", {}, newId().toUpperCase()),
    node("a:To", {}, anonymous),
    ...(request.messageId === null ? [] : [node("a:RelatesTo", {}, request.messageId)]),
  ]);
}

function bodyOf(body: AnswerBody): readonly XmlNode[] {
  switch (body.type) {
    case "created":
      return [resourceCreated(body.address, body.shell), shellNode(body.shell, false)];
    case "commandStarted":
      return [node("rsp:CommandResponse", {}, [node("rsp:CommandId", {}, body.commandId)])];
    case "received":
      return [receiveResponse(body.commandId, body.fragments, body.state)];
    case "sent":
      return [node("rsp:SendResponse")];
    case "signalled":
      return [node("rsp:SignalResponse")];
    case "commandConnected":
      return [node("rsp:ConnectResponse")];
    case "empty":
      return [];
    case "connected":
      return [connectResponse(body.connectResponseXml)];
    case "shell":
      return [shellNode(body.shell, true)];
    case "shells":
      return [
        listed(
          body.shells.map((shell) => shellNode(shell, true)),
          body.part,
        ),
      ];
    case "commands":
      return [listed(body.commandIds.map(listedCommand), body.part)];
    case "configuration":
      return [configuration(body.maxEnvelopeSizeKb)];
    default:
      return body satisfies never;
  }
}

const resourceCreated = (address: string, shell: ServedShell): XmlNode =>
  node("x:ResourceCreated", {}, [
    node("a:Address", {}, address),
    node("a:ReferenceParameters", {}, [
      node("w:ResourceURI", {}, shell.resourceUri),
      selectorSet({ ShellId: shell.shellId }),
    ]),
  ]);

function shellNode(shell: ServedShell, withUse: boolean): XmlNode {
  const fields: readonly (readonly [string, string])[] = [
    ["ShellId", shell.shellId],
    ...(shell.name === null ? [] : [["Name", shell.name] as const]),
    ["ResourceUri", shell.resourceUri],
    ["Owner", shell.owner],
    ["ClientIP", shell.clientIp],
    ["ProcessId", String(shell.processId)],
    ["IdleTimeOut", writeDuration(shell.idleTimeoutMs)],
    ["InputStreams", "stdin pr"],
    ["OutputStreams", "stdout"],
    ["MaxIdleTimeOut", "PT2147483.647S"],
    ["Locale", "en-US"],
    ["DataLocale", "en-US"],
    ["CompressionMode", "NoCompression"],
    ["ProfileLoaded", "Yes"],
    ["Encoding", "UTF8"],
    ["BufferMode", "Block"],
    ["State", shell.state],
    ["ShellRunTime", writeLongDuration(shell.runTimeMs)],
    ["ShellInactivity", writeLongDuration(shell.inactivityMs)],
    ...(withUse
      ? ([
          ["MemoryUsed", "46MB"],
          ["ChildProcesses", "0"],
        ] as const)
      : []),
  ];
  const children = fields.map(([name, text]) => node(`rsp:${name}`, {}, text));
  return node("rsp:Shell", { "xmlns:rsp": namespaces.rsp }, children);
}

/** One fragment in each Stream, always ([R], protocol 11.6). */
function receiveResponse(
  commandId: string | null,
  fragments: readonly Uint8Array[],
  state: "done" | "pending" | null,
): XmlNode {
  const command: Readonly<Record<string, string>> = commandId === null ? {} : { CommandId: commandId };
  const streams = fragments.map((bytes) =>
    node("rsp:Stream", { Name: "stdout", ...command }, toBase64(bytes)),
  );
  const name = state === "done" ? "Done" : "Pending";
  const exit = state === "done" ? [node("rsp:ExitCode", {}, "0")] : [];
  const states =
    state === null ? [] : [node("rsp:CommandState", { ...command, State: `${commandStates}/${name}` }, exit)];
  return node("rsp:ReceiveResponse", {}, [...streams, ...states]);
}

const connectResponse = (bytes: Uint8Array): XmlNode =>
  node("rsp:ConnectResponse", {}, [
    node("rsp:InputStreams", {}, "stdin pr"),
    node("rsp:OutputStreams", {}, "stdout"),
    node("connectResponseXml", { xmlns: powershellNamespace }, toBase64(bytes)),
  ]);

/** No Items at all when there is nothing to list [R]. What a Pull brings is in the namespace of enumeration. */
function listed(
  items: readonly XmlNode[],
  { context, isPulled }: ListedPart = { context: null, isPulled: false },
): XmlNode {
  const prefix = isPulled ? "n" : "w";
  return node(isPulled ? "n:PullResponse" : "n:EnumerateResponse", {}, [
    ...(isPulled && context === null ? [] : [node("n:EnumerationContext", {}, context ?? "")]),
    ...(items.length === 0 ? [] : [node(`${prefix}:Items`, {}, items)]),
    ...(context === null ? [node(`${prefix}:EndOfSequence`)] : []),
  ]);
}

const listedCommand = (commandId: string): XmlNode =>
  node("rsp:Command", { "xmlns:rsp": namespaces.rsp }, [
    node("rsp:CommandId", {}, commandId),
    node("rsp:CommandLine"),
    node("rsp:CommandState", {}, "Running"),
  ]);

const configuration = (kilobytes: number): XmlNode =>
  node("cfg:Config", { "xmlns:cfg": configNamespace }, [
    node("cfg:MaxEnvelopeSizekb", {}, String(kilobytes)),
    node("cfg:MaxTimeoutms", {}, "60000"),
    node("cfg:MaxBatchItems", {}, "32000"),
  ]);

function faultNode(fault: WsmanFault): readonly XmlNode[] {
  const subcode = fault.subcode.includes(":") ? fault.subcode : `w:${fault.subcode}`;
  const code = node("s:Code", {}, [
    node("s:Value", {}, `s:${fault.role}`),
    ...(fault.subcode === "" ? [] : [node("s:Subcode", {}, [node("s:Value", {}, subcode)])]),
  ]);
  const reason = node("s:Reason", {}, [node("s:Text", { "xml:lang": "en-US" }, fault.text)]);
  const detail = node("s:Detail", {}, [
    ...(fault.faultDetail === "" ? [] : [node("w:FaultDetail", {}, fault.faultDetail)]),
    ...(fault.code === null ? [] : [wsmanFault(fault.code, providerNode(fault) ?? fault.text)]),
  ]);
  return [node("s:Fault", {}, [code, reason, detail])];
}

/** The provider repeats the fault inside itself, as the Shell provider of Windows does [R]. */
function providerNode(fault: WsmanFault): XmlNode | null {
  if (fault.provider === null || fault.code === null) return null;
  const { name, path, text } = fault.provider;
  return node("f:ProviderFault", { provider: name, path }, [wsmanFault(fault.code, text)]);
}

const wsmanFault = (code: number, message: XmlNode | string): XmlNode =>
  node("f:WSManFault", { "xmlns:f": namespaces.f, Code: String(code), Machine: "127.0.0.1" }, [
    node("f:Message", {}, [message]),
  ]);
