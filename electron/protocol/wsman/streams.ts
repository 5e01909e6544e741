import { fromBase64 } from "../clixml/base64.ts";
import { WsmanError } from "./wsmanError.ts";

const space = /[ \t\r\n]+/g;

/** The bytes of base64 text as it stands in an envelope; null when it is none. Hardly any text has white space in it. */
export function tryStreamBytes(text: string): Uint8Array | null {
  return fromBase64(text) ?? fromBase64(text.replaceAll(space, ""));
}

/** As tryStreamBytes. Throws WsmanError "malformed". */
export function streamBytes(text: string): Uint8Array {
  const bytes = tryStreamBytes(text);
  if (bytes === null) throw new WsmanError("malformed", "A stream is not base64");
  return bytes;
}
