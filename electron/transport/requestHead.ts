import { placeOf } from "./place.ts";
import type { WinrmAddress } from "./winrmConnection.ts";

/** The head of a request to /wsman; no header is ever folded or repeated. */
export function requestHead(
  address: WinrmAddress,
  options: {
    readonly authorization: string | null;
    readonly contentType: string | null;
    readonly length: number;
  },
): readonly string[] {
  return [
    "POST /wsman HTTP/1.1",
    `Host: ${placeOf(address)}`,
    "User-Agent: Remote-Support-Console",
    "Connection: Keep-Alive",
    "Accept-Encoding: identity",
    ...(options.authorization === null ? [] : [`Authorization: ${options.authorization}`]),
    ...(options.contentType === null ? [] : [`Content-Type: ${options.contentType}`]),
    `Content-Length: ${options.length}`,
  ];
}
