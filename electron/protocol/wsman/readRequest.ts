import { attribute, child, childElements, children, textOf } from "../xml/find.ts";
import type { XmlElement } from "../xml/tree.ts";
import { readDuration } from "./duration.ts";
import { headerText, openEnvelope } from "./envelope.ts";
import type { OpenedEnvelope } from "./envelope.ts";
import { faultOf } from "./faultTable.ts";
import { commandResource, configNamespace, actions, namespaces, xmlNamespace } from "./names.ts";
import { readRequestBody } from "./readRequestBody.ts";
import type { RequestHeaders, WsmanServerRequest } from "./serverRequest.ts";
import { faultCodes } from "./wsmanFault.ts";
import { WsmanError } from "./wsmanError.ts";

const { a, w, p, s, rsp } = namespaces;

/** Headers that may demand to be understood; all others with mustUnderstand end in a fault (protocol 5.2). */
const understood: ReadonlySet<string> = new Set([
  ...["Action", "To", "ReplyTo", "MessageID", "RelatesTo", "From", "FaultTo"].map((name) => `${a} ${name}`),
  ...["ResourceURI", "MaxEnvelopeSize", "OperationTimeout", "SelectorSet", "OptionSet", "Locale"].map(
    (name) => `${w} ${name}`,
  ),
  ...["DataLocale", "SessionId", "OperationID", "SequenceId", "ActivityId"].map((name) => `${p} ${name}`),
  `${rsp} CompressionType`,
]);

/** Reads a request of a client. Never throws: what cannot be taken comes back as the fault to answer with. */
export function readRequest(text: string): WsmanServerRequest {
  let messageId: string | null = null;
  try {
    const envelope = openEnvelope(text);
    messageId = envelope.messageId;
    const misunderstood = checkUnderstood(envelope.header);
    if (misunderstood !== null) return { type: "refused", messageId, fault: faultOf(misunderstood) };
    const headers = readHeaders(envelope);
    if (headers === null) return { type: "refused", messageId, fault: faultOf(faultCodes.invalidHeader) };
    const body = readRequestBody(headers, envelope.body, resourceKind(headers));
    return body === null
      ? { type: "refused", messageId, fault: faultOf(faultCodes.invalidAction) }
      : { type: "request", headers, body };
  } catch (error) {
    if (!(error instanceof WsmanError)) throw error;
    const code = messageId === null ? faultCodes.invalidXml : faultCodes.schemaValidation;
    return { type: "refused", messageId, fault: faultOf(code) };
  }
}

function resourceKind(headers: RequestHeaders): "commands" | "shells" | "configuration" | "shell" {
  if (headers.resourceUri === commandResource) return "commands";
  if (headers.resourceUri === configNamespace) return "configuration";
  if (headers.resourceUri === rsp && headers.action !== actions.get) return "shells";
  return "shell";
}

function checkUnderstood(header: XmlElement): number | null {
  for (const element of childElements(header)) {
    const demand = attribute(element, "mustUnderstand", s)?.trim();
    if (demand !== "true" && demand !== "1") continue;
    const isLocale = element.name === "Locale" || element.name === "DataLocale";
    if (isLocale) return faultCodes.localeMustUnderstand;
    if (!understood.has(`${element.namespace} ${element.name}`)) return faultCodes.notUnderstood;
  }
  return null;
}

/** Null for a time that is no time: zero, negative, or no xs:duration ([R]: 2150858767). */
function readHeaders(envelope: OpenedEnvelope): RequestHeaders | null {
  const { header, messageId } = envelope;
  if (messageId === null) throw new WsmanError("malformed", "A request has no MessageID");
  const timeout = headerText(header, w, "OperationTimeout");
  const operationTimeoutMs = timeout === null ? null : readDuration(timeout);
  if (timeout !== null && (operationTimeoutMs === null || operationTimeoutMs <= 0)) return null;
  return {
    action: envelope.action,
    messageId,
    to: headerText(header, a, "To") ?? "",
    resourceUri: headerText(header, w, "ResourceURI") ?? "",
    selectors: named(header, "SelectorSet", "Selector"),
    options: named(header, "OptionSet", "Option"),
    operationTimeoutMs,
    maxEnvelopeSize: wholeNumber(headerText(header, w, "MaxEnvelopeSize")),
    locale: language(header, w, "Locale"),
    dataLocale: language(header, p, "DataLocale"),
    sessionId: headerText(header, p, "SessionId"),
    operationId: headerText(header, p, "OperationID"),
  };
}

function named(header: XmlElement, set: string, item: string): ReadonlyMap<string, string> {
  const found = child(header, w, set);
  const items = found === null ? [] : children(found, w, item);
  return new Map(items.map((element) => [attribute(element, "Name") ?? "", textOf(element).trim()]));
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

function language(header: XmlElement, namespace: string, name: string): string {
  const found = child(header, namespace, name);
  return (found === null ? null : attribute(found, "lang", xmlNamespace)) ?? "en-US";
}
