import { toBase64 } from "../clixml/base64.ts";
import { node } from "../xml/write.ts";
import type { XmlNode } from "../xml/write.ts";
import { configurationUri, usualTimeout } from "./context.ts";
import type { WsmanContext } from "./context.ts";
import { writeDuration } from "./duration.ts";
import {
  actions,
  commandResource,
  configNamespace,
  namespaces,
  powershellNamespace,
  selectorFilter,
  signalCodes,
} from "./names.ts";
import type { ActionName } from "./names.ts";
import { requestEnvelope, selectorSet } from "./requestEnvelope.ts";

/** One envelope to send. Hand `messageId` and `action` to `readResponse` with the answer. */
export type WsmanRequest = {
  readonly messageId: string;
  /** The request's Action URI. */
  readonly action: string;
  readonly envelope: string;
};

/** Milliseconds after which the server must answer with something; 60 s if left out. */
type Timed = { readonly timeoutMs?: number };
type InShell = Timed & { readonly shellId: string };
type InCommand = InShell & { readonly commandId: string };

/** Creates a shell under the ShellId we chose (upper case); creationXml holds the first fragments of the pool. */
export function createShell(
  context: WsmanContext,
  parts: InShell & { readonly creationXml: Uint8Array; readonly idleTimeoutMs?: number },
): WsmanRequest {
  const idle =
    parts.idleTimeoutMs === undefined
      ? []
      : [node("rsp:IdleTimeOut", {}, writeDuration(parts.idleTimeoutMs))];
  const body = node("rsp:Shell", { ShellId: parts.shellId }, [
    node("rsp:InputStreams", {}, "stdin pr"),
    node("rsp:OutputStreams", {}, "stdout"),
    ...idle,
    powershell("creationXml", parts.creationXml),
  ]);
  return ask(context, "create", { timeoutMs: parts.timeoutMs, options: protocolVersion, body });
}

/** Starts a command; `bytes` is the first fragment of its pipeline, the rest follows by Send. */
export function runCommand(
  context: WsmanContext,
  parts: InCommand & { readonly bytes: Uint8Array },
): WsmanRequest {
  const body = node("rsp:CommandLine", { CommandId: parts.commandId }, [
    node("rsp:Command"),
    node("rsp:Arguments", {}, toBase64(parts.bytes)),
  ]);
  return inShell(context, "command", parts, body, [{ name: "WINRS_SKIP_CMD_SHELL", value: "False" }]);
}

/** Asks for output of the pool (`commandId` null) or of a command. 2150858793 only means "nothing yet". */
export function receiveOutput(
  context: WsmanContext,
  parts: InShell & { readonly commandId: string | null },
): WsmanRequest {
  const body = node("rsp:Receive", {}, [
    node("rsp:DesiredStream", commandAttribute(parts.commandId), "stdout"),
  ]);
  return inShell(context, "receive", parts, body, [
    { name: "WSMAN_CMDSHELL_OPTION_KEEPALIVE", value: "True" },
  ]);
}

/** Sends bytes: on `stdin`, or host responses on `pr`. */
export function sendInput(
  context: WsmanContext,
  parts: InShell & {
    readonly commandId: string | null;
    readonly stream: "stdin" | "pr";
    readonly bytes: Uint8Array;
  },
): WsmanRequest {
  const attributes = { Name: parts.stream, ...commandAttribute(parts.commandId) };
  return inShell(
    context,
    "send",
    parts,
    node("rsp:Send", {}, [node("rsp:Stream", attributes, toBase64(parts.bytes))]),
  );
}

/** stop: the pipeline ends with state Stopped. terminate: the command is closed and its id free again. */
export function signalCommand(
  context: WsmanContext,
  parts: InCommand & { readonly signal: keyof typeof signalCodes },
): WsmanRequest {
  const code = node("rsp:Code", {}, signalCodes[parts.signal]);
  return inShell(context, "signal", parts, node("rsp:Signal", { CommandId: parts.commandId }, [code]));
}

export function disconnectShell(
  context: WsmanContext,
  parts: InShell & { readonly idleTimeoutMs?: number },
): WsmanRequest {
  const idle =
    parts.idleTimeoutMs === undefined
      ? []
      : [node("rsp:IdleTimeOut", {}, writeDuration(parts.idleTimeoutMs))];
  return inShell(context, "disconnect", parts, node("rsp:Disconnect", {}, idle));
}

/** The same client comes back, with the same SessionId ([R]: the body is empty). */
export function reconnectShell(context: WsmanContext, parts: InShell): WsmanRequest {
  return inShell(context, "reconnect", parts, null);
}

/** Another client joins: connectXml is exactly SESSION_CAPABILITY and CONNECT_RUNSPACEPOOL. */
export function connectShell(
  context: WsmanContext,
  parts: InShell & { readonly connectXml: Uint8Array },
): WsmanRequest {
  const body = node("rsp:Connect", {}, [powershell("connectXml", parts.connectXml)]);
  return inShell(context, "connect", parts, body, protocolVersion);
}

/** Joins a command that was running before a Reconnect or Connect. */
export function connectCommand(context: WsmanContext, parts: InCommand): WsmanRequest {
  return inShell(context, "connect", parts, node("rsp:Connect", { CommandId: parts.commandId }));
}

/** `resourceUri`: of a shell that was listed and may be of another configuration; ours if left out. */
export function deleteShell(
  context: WsmanContext,
  { shellId, timeoutMs, resourceUri }: InShell & { readonly resourceUri?: string },
): WsmanRequest {
  const resource = resourceUri === undefined ? {} : { resource: resourceUri };
  return ask(context, "delete", { timeoutMs, selectors: { ShellId: shellId }, body: null, ...resource });
}

export function getShell(context: WsmanContext, parts: InShell): WsmanRequest {
  const selectors = { ShellId: parts.shellId };
  return ask(context, "get", { timeoutMs: parts.timeoutMs, resource: namespaces.rsp, selectors, body: null });
}

/** Lists the account's shells, of all configurations and in all states. */
export function enumerateShells(context: WsmanContext, parts: Timed = {}): WsmanRequest {
  const body = enumeration([]);
  return ask(context, "enumerate", { timeoutMs: parts.timeoutMs, resource: namespaces.rsp, body });
}

export function enumerateCommands(context: WsmanContext, parts: InShell): WsmanRequest {
  const filter = node("w:Filter", { Dialect: selectorFilter }, [selectorSet({ ShellId: parts.shellId })]);
  const body = enumeration([filter]);
  return ask(context, "enumerate", { timeoutMs: parts.timeoutMs, resource: commandResource, body });
}

/** The next part of an enumeration whose answer had a context and no end. */
export function pullMore(
  context: WsmanContext,
  parts: Timed & { readonly of: "shells" | "commands"; readonly enumerationContext: string },
): WsmanRequest {
  const body = node("n:Pull", {}, [
    node("n:EnumerationContext", {}, parts.enumerationContext),
    node("n:MaxElements", {}, "32000"),
  ]);
  const resource = parts.of === "shells" ? namespaces.rsp : commandResource;
  return ask(context, "pull", { timeoutMs: parts.timeoutMs, resource, body });
}

/** The service settings; accounts of an endpoint usually get fault 5. */
export function getConfiguration(context: WsmanContext, parts: Timed = {}): WsmanRequest {
  return ask(context, "get", { timeoutMs: parts.timeoutMs, resource: configNamespace, body: null });
}

type Option = { readonly name: string; readonly value: string; readonly mustComply?: boolean };

const protocolVersion: readonly Option[] = [{ name: "protocolversion", value: "2.3", mustComply: true }];

const enumeration = (more: readonly XmlNode[]): XmlNode =>
  node("n:Enumerate", {}, [node("w:OptimizeEnumeration"), node("w:MaxElements", {}, "32000"), ...more]);

const powershell = (name: string, bytes: Uint8Array): XmlNode =>
  node(name, { xmlns: powershellNamespace }, toBase64(bytes));

const commandAttribute = (commandId: string | null): Readonly<Record<string, string>> =>
  commandId === null ? {} : { CommandId: commandId };

const inShell = (
  context: WsmanContext,
  action: ActionName,
  parts: InShell,
  body: XmlNode | null,
  options: readonly Option[] = [],
): WsmanRequest =>
  ask(context, action, { timeoutMs: parts.timeoutMs, selectors: { ShellId: parts.shellId }, options, body });

function ask(
  context: WsmanContext,
  action: ActionName,
  parts: {
    readonly timeoutMs: number | undefined;
    readonly resource?: string;
    readonly selectors?: Readonly<Record<string, string>>;
    readonly options?: readonly Option[];
    readonly body: XmlNode | null;
  },
): WsmanRequest {
  const configuration = configurationUri(context.configuration);
  const messageId = `uuid:${context.newId().toUpperCase()}`;
  const envelope = requestEnvelope({
    context,
    messageId,
    action: actions[action],
    resource: parts.resource ?? configuration,
    timeoutMs: parts.timeoutMs ?? usualTimeout,
    selectors: parts.selectors ?? {},
    options: parts.options ?? [],
    body: parts.body,
  });
  return { messageId, action: actions[action], envelope };
}
