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
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    // A folded line begins with a blank and is refused here as well.
    if (!token.test(name) || hasControl(line))
      throw new HttpError("badHttp", "A header line cannot be read.");
    const values = headers.get(name.toLowerCase());
    const value = withoutBlanks(line, colon + 1);
    if (values === undefined) headers.set(name.toLowerCase(), [value]);
    else values.push(value);
  }
  return headers;
}

/** A field name (RFC 9110 5.6.2). */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The rest of the line from there without blanks around it, in one pass: an expression would take the square of it. */
function withoutBlanks(line: string, from: number): string {
  const isBlank = (at: number): boolean => line[at] === " " || line[at] === "\t";
  let [start, end] = [from, line.length];
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return line.slice(start, end);
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
