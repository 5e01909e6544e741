import { child } from "../xml/find.ts";
import { node, writeXml } from "../xml/write.ts";
import { openEnvelope } from "./envelope.ts";
import { identityNamespace, namespaces } from "./names.ts";
import { envelopeNode } from "./requestEnvelope.ts";
import { WsmanError } from "./wsmanError.ts";

/** True for wsmid:Identify (DSP0226 11), which asks who answers here and has no headers at all. */
export function asksForIdentity(envelope: string): boolean {
  // Few requests are one, and a large one is not read twice.
  if (!envelope.includes(identityNamespace)) return false;
  try {
    return child(openEnvelope(envelope).body, identityNamespace, "Identify") !== null;
  } catch (error) {
    if (error instanceof WsmanError) return false;
    throw error;
  }
}

/** The answer to it. */
export function writeIdentity(product: { readonly vendor: string; readonly version: string }): string {
  const response = node("wsmid:IdentifyResponse", { "xmlns:wsmid": identityNamespace }, [
    node("wsmid:ProtocolVersion", {}, namespaces.w),
    node("wsmid:ProductVendor", {}, product.vendor),
    node("wsmid:ProductVersion", {}, product.version),
  ]);
  return writeXml(envelopeNode(node("s:Header"), [response]));
}
