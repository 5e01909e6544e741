import { concatenate } from "../concatenate.ts";
import { attribute, child, children, textOf } from "../xml/find.ts";
import type { XmlElement } from "../xml/tree.ts";
import { readDuration } from "./duration.ts";
import { actions, namespaces, powershellNamespace } from "./names.ts";
import type { RequestBody, RequestHeaders, SentStream } from "./serverRequest.ts";
import { streamBytes, tryStreamBytes } from "./streams.ts";
import { WsmanError } from "./wsmanError.ts";

const { rsp, w, n } = namespaces;

/** Null for an action that is none of the shell operations. Throws WsmanError "malformed". */
export function readRequestBody(
  headers: RequestHeaders,
  body: XmlElement,
  kind: "commands" | "shells" | "configuration" | "shell",
): RequestBody | null {
  switch (headers.action) {
    case actions.create:
      return readCreate(needed(body, "Shell"));
    case actions.command:
      return readCommand(needed(body, "CommandLine"));
    case actions.receive:
      return readReceive(needed(body, "Receive"));
    case actions.send:
      return readSend(needed(body, "Send"));
    case actions.signal:
      return readSignal(needed(body, "Signal"));
    case actions.disconnect:
      return { type: "disconnect", idleTimeoutMs: idleTimeout(needed(body, "Disconnect")) };
    case actions.reconnect:
      return readReconnect(body);
    case actions.connect:
      return readConnect(needed(body, "Connect"));
    case actions.delete:
      return { type: "delete" };
    case actions.get:
      return { type: kind === "configuration" ? "getConfiguration" : "getShell" };
    case actions.enumerate:
      return kind === "commands"
        ? readEnumerateCommands(body)
        : { type: "enumerateShells", mostItems: mostItems(child(body, n, "Enumerate")) };
    case actions.pull:
      return readPull(body);
    default:
      return null;
  }
}

function readCreate(shell: XmlElement): RequestBody {
  const creationXml = child(shell, powershellNamespace, "creationXml");
  return {
    type: "create",
    shellId: attribute(shell, "ShellId"),
    name: attribute(shell, "Name"),
    idleTimeoutMs: idleTimeout(shell),
    inputStreams: textAt(shell, "InputStreams"),
    outputStreams: textAt(shell, "OutputStreams"),
    creationXml: creationXml === null ? null : streamBytes(textOf(creationXml)),
  };
}

function readCommand(line: XmlElement): RequestBody {
  const argumentTexts = children(line, rsp, "Arguments").map(textOf);
  return {
    type: "command",
    commandId: commandIdOf(line),
    commandLine: textAt(line, "Command"),
    argumentTexts,
    bytes: joined(argumentTexts.map(tryStreamBytes)),
  };
}

function joined(parts: readonly (Uint8Array | null)[]): Uint8Array | null {
  const whole = parts.filter((part) => part !== null);
  return whole.length === parts.length ? concatenate(whole) : null;
}

/** One DesiredStream for each CommandId; two are refused with 2150858817 [C]. */
function readReceive(receive: XmlElement): RequestBody {
  const [desired, ...more] = children(receive, rsp, "DesiredStream");
  if (desired === undefined || more.length > 0)
    throw new WsmanError("malformed", "A Receive names one DesiredStream");
  return { type: "receive", commandId: commandIdOf(desired), streamNames: textOf(desired).trim() };
}

/** One client puts the CommandId on rsp:Send instead of rsp:Stream [C]. */
function readSend(send: XmlElement): RequestBody {
  const outer = commandIdOf(send);
  const streams = children(send, rsp, "Stream").map(
    (stream): SentStream => ({
      name: attribute(stream, "Name") ?? "",
      commandId: commandIdOf(stream) ?? outer,
      bytes: streamBytes(textOf(stream)),
      end: attribute(stream, "End")?.toLowerCase() === "true",
    }),
  );
  return { type: "send", streams };
}

const readSignal = (signal: XmlElement): RequestBody => ({
  type: "signal",
  commandId: commandIdOf(signal),
  code: textAt(signal, "Code"),
});

/** A shell's has an empty body ([R]). */
function readReconnect(body: XmlElement): RequestBody {
  const reconnect = child(body, rsp, "Reconnect");
  return { type: "reconnect", commandId: reconnect === null ? null : commandIdOf(reconnect) };
}

function readConnect(connect: XmlElement): RequestBody {
  const connectXml = child(connect, powershellNamespace, "connectXml");
  return {
    type: "connect",
    commandId: commandIdOf(connect),
    connectXml: connectXml === null ? null : streamBytes(textOf(connectXml)),
  };
}

function readEnumerateCommands(body: XmlElement): RequestBody {
  const enumerate = child(body, n, "Enumerate");
  const filter = enumerate === null ? null : child(enumerate, w, "Filter");
  const set = filter === null ? null : child(filter, w, "SelectorSet");
  const selector = (set === null ? [] : children(set, w, "Selector")).find(
    (item) => attribute(item, "Name") === "ShellId",
  );
  return {
    type: "enumerateCommands",
    shellId: selector === undefined ? null : textOf(selector).trim(),
    mostItems: mostItems(enumerate),
  };
}

/** Only who asks to have it optimised gets items in the first answer (DSP0226 8.2.3). */
function mostItems(enumerate: XmlElement | null): number | null {
  if (enumerate === null) return null;
  return child(enumerate, w, "OptimizeEnumeration") === null ? 0 : maxElements(enumerate);
}

function readPull(body: XmlElement): RequestBody {
  const pull = child(body, n, "Pull");
  const context = pull === null ? null : child(pull, n, "EnumerationContext");
  return {
    type: "pull",
    enumerationContext: context === null ? "" : textOf(context).trim(),
    mostItems: (pull === null ? null : maxElements(pull)) ?? 1,
  };
}

/** In the namespace of WSMan at an Enumerate, of enumeration at a Pull. */
function maxElements(element: XmlElement): number | null {
  const found = child(element, w, "MaxElements") ?? child(element, n, "MaxElements");
  const text = found === null ? "" : textOf(found).trim();
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** Go-psrp sends an empty CommandId where it means none [C]. */
function commandIdOf(element: XmlElement): string | null {
  return attribute(element, "CommandId") || null;
}

function idleTimeout(element: XmlElement): number | null {
  const found = child(element, rsp, "IdleTimeOut");
  if (found === null) return null;
  const milliseconds = readDuration(textOf(found));
  if (milliseconds === null || milliseconds <= 0) throw new WsmanError("malformed", "IdleTimeOut is no time");
  return milliseconds;
}

function textAt(element: XmlElement, name: string): string {
  const found = child(element, rsp, name);
  return found === null ? "" : textOf(found).trim();
}

function needed(body: XmlElement, name: string): XmlElement {
  const found = child(body, rsp, name);
  if (found === null) throw new WsmanError("malformed", `A request has no ${name}`);
  return found;
}
