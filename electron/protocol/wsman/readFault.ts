import { attribute, child, children, textOf } from "../xml/find.ts";
import type { XmlElement } from "../xml/tree.ts";
import { namespaces, xmlNamespace } from "./names.ts";
import type { WsmanFault } from "./wsmanFault.ts";

const { s, w, f } = namespaces;
const deepest = 8;

/** Reads an s:Fault in the order of protocol 5.11. Nothing is demanded: a fault must be readable however odd it is. */
export function readFault(fault: XmlElement): WsmanFault {
  const detail = child(fault, s, "Detail");
  const found = detail === null ? nothing : readDetail(detail);
  const faultDetail = at(detail, w, "FaultDetail");
  const code = child(fault, s, "Code");
  const subcode = code === null ? null : child(code, s, "Subcode");
  return {
    code: found.code,
    role: local(at(code, s, "Value")),
    subcode: local(at(subcode, s, "Value")),
    text: [found.text, found.provider?.text, reason(fault), faultDetail].find(isText) ?? "",
    provider: found.provider,
    faultDetail,
  };
}

type Found = Pick<WsmanFault, "code" | "text" | "provider">;

const nothing: Found = { code: null, text: "", provider: null };

/** Goes down from WSManFault to the one inside its ProviderFault: the inner code is the more precise one. */
function readDetail(detail: XmlElement): Found {
  let found = nothing;
  let place = child(detail, f, "WSManFault");
  for (let depth = 0; place !== null && depth < deepest; depth++) {
    const code = readCode(attribute(place, "Code"));
    const message = child(place, f, "Message");
    const providerFault = message === null ? null : child(message, f, "ProviderFault");
    const text = message === null ? "" : textOf(message).trim();
    found = {
      code: code ?? found.code,
      text: text || found.text,
      provider: providerFault === null ? found.provider : readProvider(providerFault),
    };
    place = providerFault === null ? null : child(providerFault, f, "WSManFault");
  }
  return found;
}

/** Its text is its own, else that of the fault inside it: so the Shell provider of Windows speaks [R]. */
const readProvider = (element: XmlElement): WsmanFault["provider"] => ({
  name: attribute(element, "provider") ?? "",
  path: attribute(element, "path") ?? "",
  text: textOf(element).trim() || at(child(element, f, "WSManFault"), f, "Message"),
});

/** Decimal; some servers write the same 32 bits as a negative number. */
function readCode(text: string | null): number | null {
  if (text === null || !/^-?\d{1,10}$/.test(text.trim())) return null;
  const number = Number(text);
  const folded = number < 0 ? number + 2 ** 32 : number;
  return folded >= 0 && folded < 2 ** 32 ? folded : null;
}

function reason(fault: XmlElement): string {
  const reasons = child(fault, s, "Reason");
  const texts = reasons === null ? [] : children(reasons, s, "Text");
  const english = texts.find((text) => attribute(text, "lang", xmlNamespace)?.toLowerCase() === "en-us");
  const chosen = english ?? texts[0];
  return chosen === undefined ? "" : textOf(chosen).trim();
}

const at = (element: XmlElement | null, namespace: string, name: string): string => {
  const found = element === null ? null : child(element, namespace, name);
  return found === null ? "" : textOf(found).trim();
};

const local = (name: string): string => name.slice(name.lastIndexOf(":") + 1);
const isText = (text: string | undefined): text is string => text !== undefined && text !== "";
