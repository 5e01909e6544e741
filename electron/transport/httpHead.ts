/** An answer or its head breaks HTTP/1.x or one of our limits. The sentence holds nothing of the peer's text. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: "badHttp" | "tooLarge";

  constructor(code: "badHttp" | "tooLarge", sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Header values by lower-case name, in the order they came. */
export type HttpHeaders = ReadonlyMap<string, readonly string[]>;

export type HttpHead = {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly keepAlive: boolean;
  readonly body:
    | { readonly kind: "length"; readonly length: number }
    | { readonly kind: "chunked" }
    | { readonly kind: "untilEnd" };
};

/** Reads the lines of an answer's head; strict where leniency lets two readers see two different answers (RFC 9112). */
export function readHead(lines: readonly string[], largestBody: number): HttpHead {
  const [statusLine = "", ...headerLines] = lines;
  const found = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(statusLine);
  if (found === null) throw new HttpError("badHttp", "The answer is not HTTP/1.x.");
  const status = Number(found[2]);
  const headers = readHeaders(headerLines);
  const connection = (headers.get("connection") ?? []).join(",").toLowerCase();
  const keepAlive = found[1] === "1" ? !connection.includes("close") : connection.includes("keep-alive");
  return { status, headers, keepAlive, body: bodyOf(status, headers, largestBody) };
}

/** The one value of a header that may stand once; null where it is missing. */
export function singleHeader(headers: HttpHeaders, name: string): string | null {
  const values = headers.get(name) ?? [];
  if (values.length > 1) throw new HttpError("badHttp", `The header ${name} is repeated.`);
  return values[0] ?? null;
}

function readHeaders(lines: readonly string[]): HttpHeaders {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const found = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*(.*?)[\t ]*$/.exec(line);
    // A folded line begins with a blank and is refused here as well.
    if (found === null || hasControl(line)) throw new HttpError("badHttp", "A header line cannot be read.");
    const name = (found[1] ?? "").toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), found[2] ?? ""]);
  }
  return headers;
}

function hasControl(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if ((unit < 0x20 && unit !== 0x09) || unit === 0x7f) return true;
  }
  return false;
}

function bodyOf(status: number, headers: HttpHeaders, largestBody: number): HttpHead["body"] {
  const coding = singleHeader(headers, "content-encoding");
  if (coding !== null && coding.toLowerCase() !== "identity")
    throw new HttpError("badHttp", "The answer is compressed, which was not asked for.");
  const transfer = singleHeader(headers, "transfer-encoding");
  const length = singleHeader(headers, "content-length");
  if (transfer !== null && (length !== null || transfer.toLowerCase() !== "chunked"))
    throw new HttpError("badHttp", "The answer's length is given in a way that is refused.");
  if (length !== null && !/^\d{1,12}$/.test(length))
    throw new HttpError("badHttp", "The answer's length is no number.");
  if (Number(length) > largestBody) throw new HttpError("tooLarge", "The answer is larger than allowed.");
  if (status < 200 || status === 204 || status === 304) return { kind: "length", length: 0 };
  if (transfer !== null) return { kind: "chunked" };
  return length === null ? { kind: "untilEnd" } : { kind: "length", length: Number(length) };
}
