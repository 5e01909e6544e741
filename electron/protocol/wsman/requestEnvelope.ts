import { node, writeXml } from "../xml/write.ts";
import type { XmlNode } from "../xml/write.ts";
import type { WsmanContext } from "./context.ts";
import { writeDuration } from "./duration.ts";
import { anonymous, namespaces } from "./names.ts";
import { WsmanError } from "./wsmanError.ts";

const must = { "s:mustUnderstand": "true" };
const may = { "s:mustUnderstand": "false" };
/** Always: with another culture some endpoint cmdlets misbehave (protocol 5.2). */
const language = { "xml:lang": "en-US" };

/** The whole request with its headers in the order of protocol 5.2. */
export function requestEnvelope(parts: {
  readonly context: WsmanContext;
  readonly messageId: string;
  readonly action: string;
  readonly resource: string;
  readonly timeoutMs: number;
  readonly selectors: Readonly<Record<string, string>>;
  readonly options: readonly {
    readonly name: string;
    readonly value: string;
    readonly mustComply?: boolean;
  }[];
  readonly body: XmlNode | null;
}): string {
  const { context } = parts;
  if (!(parts.timeoutMs > 0)) throw new WsmanError("badDuration", "OperationTimeout must be above zero");
  const header = node("s:Header", {}, [
    node("a:Action", must, parts.action),
    node("a:To", {}, context.to),
    node("a:ReplyTo", {}, [node("a:Address", must, anonymous)]),
    node("a:MessageID", {}, parts.messageId),
    node("w:ResourceURI", must, parts.resource),
    node("w:MaxEnvelopeSize", must, String(context.maxEnvelopeSize)),
    node("w:OperationTimeout", {}, writeDuration(parts.timeoutMs)),
    node("w:Locale", { ...may, ...language }),
    node("p:DataLocale", { ...may, ...language }),
    node("p:SessionId", may, `uuid:${context.sessionId.toUpperCase()}`),
    ...(parts.options.length === 0 ? [] : [node("w:OptionSet", must, parts.options.map(optionNode))]),
    ...(Object.keys(parts.selectors).length === 0 ? [] : [selectorSet(parts.selectors)]),
  ]);
  return writeXml(envelopeNode(header, parts.body === null ? [] : [parts.body]));
}

const optionNode = (option: {
  readonly name: string;
  readonly value: string;
  readonly mustComply?: boolean;
}): XmlNode =>
  node("w:Option", { Name: option.name, ...(option.mustComply ? { MustComply: "true" } : {}) }, option.value);

export function selectorSet(selectors: Readonly<Record<string, string>>): XmlNode {
  const items = Object.entries(selectors).map(([name, value]) => node("w:Selector", { Name: name }, value));
  return node("w:SelectorSet", {}, items);
}

/** Declares all prefixes on the envelope, as real servers do, used or not. */
export function envelopeNode(header: XmlNode, body: readonly XmlNode[]): XmlNode {
  const declared = Object.entries(namespaces)
    .filter(([prefix]) => prefix !== "f")
    .map(([prefix, namespace]) => [`xmlns:${prefix}`, namespace]);
  const attributes = { "xml:lang": "en-US", ...Object.fromEntries(declared) };
  return node("s:Envelope", attributes, [header, node("s:Body", {}, body)]);
}
