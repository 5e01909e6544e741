import { ascii, concat, u32, viewOf } from "../ntlm/bytes.ts";
import type { SealingContext } from "../ntlm/sealingContext.ts";

const PROTOCOL = "application/HTTP-SPNEGO-session-encrypted";
const BOUNDARY = "Encrypted Boundary";

/** The Content-Type of a sealed body ([MS-WSMV] 2.2.9.1). */
export const SEALED_CONTENT_TYPE = `multipart/encrypted;protocol="${PROTOCOL}";boundary="${BOUNDARY}"`;

/** The Content-Type of an envelope that is not sealed. */
export const PLAIN_CONTENT_TYPE = "application/soap+xml;charset=UTF-8";

export type SealedBodyErrorCode = "notSealed" | "malformed";

/** A body that is not sealed at all, or whose parts do not fit; wrong signatures are an NtlmError. */
export class SealedBodyError extends Error {
  override readonly name = "SealedBodyError";
  readonly code: SealedBodyErrorCode;

  constructor(code: SealedBodyErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Seals an envelope (UTF-8) into the two-part body ([MS-WSMV] 2.2.9.1.1); no empty line stands anywhere. */
export function sealBody(context: SealingContext, envelope: Uint8Array): Uint8Array {
  const { signature, data } = context.seal(envelope);
  const head =
    `--${BOUNDARY}\r\n` +
    `\tContent-Type: ${PROTOCOL}\r\n` +
    `\tOriginalContent: type=${PLAIN_CONTENT_TYPE};Length=${envelope.length}\r\n` +
    `--${BOUNDARY}\r\n` +
    "\tContent-Type: application/octet-stream\r\n";
  return concat(ascii(head), u32(signature.length), signature, data, ascii(`--${BOUNDARY}--\r\n`));
}

/** True where a Content-Type announces a body sealed in the one way spoken here. */
export function announcesSealing(contentType: string | null): boolean {
  return contentType !== null && boundaryOf(contentType) !== null;
}

/** Opens a sealed body. Throws SealedBodyError, or NtlmError where signature or number is wrong. */
export function openBody(context: SealingContext, body: Uint8Array, contentType: string | null): Uint8Array {
  const boundary = contentType === null ? null : boundaryOf(contentType);
  if (boundary === null) throw new SealedBodyError("notSealed", "The body is not sealed.");
  const { start, length } = readHead(body, boundary);
  if (start + 20 + length > body.length) throw malformed("The sealed part is shorter than announced.");
  if (viewOf(body).getUint32(start, true) !== 16) throw malformed("The signature is not 16 bytes long.");
  const dataStart = start + 20;
  checkTail(
    heads.decode(body.subarray(dataStart + length, dataStart + length + 200)),
    boundary,
    body.length - dataStart - length,
  );
  return context.open({
    signature: body.subarray(start + 4, dataStart),
    data: body.subarray(dataStart, dataStart + length),
  });
}

function boundaryOf(contentType: string): string | null {
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim());
  if (type.toLowerCase() !== "multipart/encrypted") return null;
  const parameter = (name: string): string | null => {
    const found = parameters.find((text) => text.toLowerCase().startsWith(`${name}=`));
    return found === undefined
      ? null
      : found
          .slice(name.length + 1)
          .trim()
          .replace(/^"(.*)"$/, "$1");
  };
  if (parameter("protocol")?.toLowerCase() !== PROTOCOL.toLowerCase()) return null;
  const boundary = parameter("boundary");
  return boundary === null || boundary === "" || boundary.length > 70 ? null : boundary;
}

/** Reads both part heads line by line; the binary begins at once behind the last header's line end. */
function readHead(body: Uint8Array, boundary: string): { readonly start: number; readonly length: number } {
  const lines = new LineCursor(body);
  if (!isDelimiter(lines.next(), boundary)) throw malformed("The body does not begin with its boundary.");
  const first = readHeaders(lines, boundary);
  const protocol = first.get("content-type");
  if (protocol?.toLowerCase() !== PROTOCOL.toLowerCase())
    throw malformed("The first part is of another kind.");
  const length = /(?:^|;)\s*length\s*=\s*(\d{1,9})\s*(?:;|$)/i.exec(first.get("originalcontent") ?? "")?.[1];
  if (length === undefined) throw malformed("The length of the original content is missing.");
  const [name, value] = headerOf(lines.next());
  if (name !== "content-type" || value.toLowerCase() !== "application/octet-stream")
    throw malformed("The second part is not application/octet-stream.");
  return { start: lines.position, length: Number(length) };
}

function readHeaders(lines: LineCursor, boundary: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let line = lines.next(); !isDelimiter(line, boundary); line = lines.next()) {
    const [name, value] = headerOf(line);
    if (headers.has(name) || headers.size === 8)
      throw malformed("A part header is repeated, or there are too many.");
    headers.set(name, value);
  }
  return headers;
}

function headerOf(line: string): readonly [name: string, value: string] {
  const found = /^[\t ]*([A-Za-z-]+)[\t ]*:(.*)$/.exec(line);
  if (found === null) throw malformed("A part header cannot be read.");
  return [(found[1] ?? "").toLowerCase(), (found[2] ?? "").trim()];
}

/** IIS front ends write a space behind the dashes. */
function isDelimiter(line: string, boundary: string): boolean {
  return /^-- ?/.test(line) && line.replace(/^-- ?/, "").trimEnd() === boundary;
}

function checkTail(tail: string, boundary: string, size: number): void {
  const rest = tail.replace(/^-- ?/, "");
  const closing = `${boundary}--`;
  const fits =
    tail.startsWith("--") && rest.startsWith(closing) && /^\s{0,4}$/.test(rest.slice(closing.length));
  if (!fits || size > 200) throw malformed("The sealed part does not end where its length says.");
}

/** Lines of the text before the binary: ended by CR LF or LF, at most 1 KiB each. */
class LineCursor {
  readonly #body: Uint8Array;
  position = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  next(): string {
    const window = this.#body.subarray(this.position, this.position + 1024);
    const end = window.indexOf(0x0a);
    if (end < 0) throw malformed("A line of a part head does not end.");
    this.position += end + 1;
    return heads.decode(window.subarray(0, window[end - 1] === 0x0d ? end - 1 : end));
  }
}

/** Whatever is not ASCII fits nothing that is looked for, a byte order mark included. */
const heads = new TextDecoder("utf-8", { ignoreBOM: true });

function malformed(sentence: string): SealedBodyError {
  return new SealedBodyError("malformed", sentence);
}
