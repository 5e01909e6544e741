import { child, childElements, children, textOf } from "../xml/find.ts";
import { readXml } from "../xml/read.ts";
import type { XmlElement } from "../xml/tree.ts";
import { XmlError } from "../xml/xmlError.ts";
import { namespaces } from "./names.ts";
import { WsmanError } from "./wsmanError.ts";

/** An envelope, opened as far as both roles need it. */
export type OpenedEnvelope = {
  readonly header: XmlElement;
  readonly body: XmlElement;
  readonly action: string;
  /** With its `uuid:` as it stood; null when missing. */
  readonly messageId: string | null;
  readonly relatesTo: string | null;
};

/** Nothing that is said in an envelope is nested deeper than a dozen elements; the fragments in it are base64 text. */
const limits = { depth: 100, elements: 100_000 };

/** Throws WsmanError "malformed" for anything but one Header and one Body in a SOAP 1.2 envelope. */
export function openEnvelope(text: string): OpenedEnvelope {
  const root = read(text);
  const headers = children(root, namespaces.s, "Header");
  const bodies = children(root, namespaces.s, "Body");
  const [header] = headers;
  const [body] = bodies;
  const isEnvelope = root.namespace === namespaces.s && root.name === "Envelope";
  if (!isEnvelope || header === undefined || body === undefined || headers.length + bodies.length !== 2)
    throw new WsmanError("malformed", "This is not a SOAP envelope with one header and one body");
  checkSingles(header);
  return {
    header,
    body,
    action: headerText(header, namespaces.a, "Action") ?? "",
    messageId: headerText(header, namespaces.a, "MessageID"),
    relatesTo: headerText(header, namespaces.a, "RelatesTo"),
  };
}

/** A header's text, trimmed; null when it is missing or empty. */
export function headerText(header: XmlElement, namespace: string, name: string): string | null {
  const found = child(header, namespace, name);
  const text = found === null ? "" : textOf(found).trim();
  return text === "" ? null : text;
}

function read(text: string): XmlElement {
  try {
    return readXml(text, limits);
  } catch (cause) {
    if (cause instanceof XmlError)
      throw new WsmanError("malformed", "The envelope is not readable XML", cause);
    throw cause;
  }
}

/** Two headers of one name could be read differently by two readers: neither is believed. */
function checkSingles(header: XmlElement): void {
  const seen = new Set<string>();
  for (const element of childElements(header)) {
    const name = `${element.namespace} ${element.name}`;
    if (seen.has(name)) throw new WsmanError("malformed", "A header stands twice");
    seen.add(name);
  }
}
