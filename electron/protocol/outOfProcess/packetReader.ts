import { Base64Stream } from "./base64Stream.ts";
import { longestLine, longestTag, mostSaid } from "./limits.ts";
import { OutOfProcessError } from "./outOfProcessError.ts";
import type { Packet, Role } from "./packet.ts";
import { readTag } from "./readTag.ts";
import type { Tag } from "./readTag.ts";

/** What a reader found. `broken` is the last there is: the process at the other end cannot be understood any more. */
export type Read =
  | { readonly type: "packet"; readonly packet: Packet }
  /** A line of the server in SSH mode that begins `__NamedPipeError__:`, to be shown. */
  | { readonly type: "said"; readonly text: string }
  | { readonly type: "broken"; readonly error: OutOfProcessError };

const lineFeed = 0x0a;
const less = "<";
const greater = ">";
const errorMark = "__NamedPipeError__:";
const blank = /^[ \t\r]*$/;
const blankStart = /^[ \t\r]+/;

/** The place in a line: before or in its tag, in the text of a Data, in what follows, or in a line that is only said. */
type Place = "tag" | "body" | "rest" | "said";

/** Cuts bytes into packets. Base64 is decoded as it comes, so a line is never held as text. */
export class PacketReader {
  readonly #role: Role;
  readonly #longestLine: number;
  /** Not fatal: what is no UTF-8 becomes a character that has no place in a packet. */
  readonly #decoder = new TextDecoder();
  #place: Place = "tag";
  #text = "";
  #length = 0;
  #tag: Tag | null = null;
  #base64 = new Base64Stream();
  #broken = false;

  constructor(role: Role, limits: { readonly line?: number } = {}) {
    this.#role = role;
    this.#longestLine = limits.line ?? longestLine;
  }

  /** Never throws: what cannot be read is `broken`, and nothing is read after it. */
  feed(bytes: Uint8Array): readonly Read[] {
    const found: Read[] = [];
    let at = 0;
    while (at < bytes.length && !this.#broken) {
      const end = bytes.indexOf(lineFeed, at);
      const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
      this.#keepBroken(found, () => this.#read(piece));
      if (end >= 0 && !this.#broken) this.#keepBroken(found, () => this.#endLine(found));
      at = end < 0 ? bytes.length : end + 1;
    }
    return found;
  }

  /** The input is over: cut inside a line or not, the other end is gone. */
  end(): readonly Read[] {
    if (this.#broken) return [];
    this.#broken = true;
    const inside = this.#length > 0 ? " in the middle of a line" : "";
    return [{ type: "broken", error: new OutOfProcessError("ended", `The input ended${inside}`) }];
  }

  #keepBroken(found: Read[], read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof OutOfProcessError)) throw error;
      this.#broken = true;
      found.push({ type: "broken", error });
    }
  }

  #read(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const fits = piece.subarray(0, this.#longestLine - this.#length);
    this.#length += fits.length;
    this.#take(this.#decoder.decode(fits, { stream: true }));
    if (fits.length < piece.length)
      throw new OutOfProcessError("tooLong", `A line has more than ${this.#longestLine} bytes`);
  }

  #take(piece: string): void {
    if (piece === "") return;
    if (this.#place === "said") this.#text = (this.#text + piece).slice(0, mostSaid);
    else if (this.#place === "tag") this.#takeTag(piece);
    else if (this.#place === "body") this.#takeBody(piece);
    else this.#takeRest(piece);
  }

  #takeTag(piece: string): void {
    const before = this.#text.length;
    this.#text = (this.#text + piece).replace(blankStart, "");
    if (this.#role === "client" && this.#text.startsWith(errorMark)) {
      this.#place = "said";
      this.#text = this.#text.slice(errorMark.length).slice(0, mostSaid);
      return;
    }
    const end = this.#text.indexOf(greater, before);
    if (end < 0 ? this.#text.length > longestTag : end >= longestTag)
      throw new OutOfProcessError("tooLong", `A tag has more than ${longestTag} characters`);
    if (end < 0) return;
    const rest = this.#text.slice(end + 1);
    this.#tag = readTag(this.#text.slice(0, end + 1), this.#role);
    this.#text = "";
    this.#place = this.#tag.name === "Data" && !this.#tag.closed ? "body" : "rest";
    this.#take(rest);
  }

  #takeBody(piece: string): void {
    const end = piece.indexOf(less);
    const text = end < 0 ? piece : piece.slice(0, end);
    if (!this.#base64.add(text)) throw new OutOfProcessError("badBase64", "The text of a Data is no base64");
    if (end < 0) return;
    this.#place = "rest";
    this.#takeRest(piece.slice(end));
  }

  #takeRest(piece: string): void {
    this.#text += piece;
    if (this.#text.length > longestTag)
      throw new OutOfProcessError("tooLong", `A tag has more than ${longestTag} characters`);
  }

  #endLine(found: Read[]): void {
    this.#take(this.#decoder.decode());
    const [tag, text, place] = [this.#tag, this.#text, this.#place];
    const base64 = this.#base64;
    this.#place = "tag";
    this.#text = "";
    this.#length = 0;
    this.#tag = null;
    this.#base64 = new Base64Stream();
    if (place === "said") found.push({ type: "said", text: text.trim() });
    else if (tag !== null) found.push({ type: "packet", packet: packetOf(tag, text, place, base64) });
    else this.#endEmpty(text);
  }

  /** A client passes over empty lines; to a server they say that the client is gone [R7]. */
  #endEmpty(text: string): void {
    if (!blank.test(text)) throw new OutOfProcessError("notXml", "A line is not an element of the framing");
    if (this.#role === "server") throw new OutOfProcessError("ended", "An empty line came");
  }
}

function packetOf(tag: Tag, rest: string, place: Place, base64: Base64Stream): Packet {
  const closing = new RegExp(`^[ \\t]*</${tag.name}[ \\t]*>[ \\t\\r]*$`);
  const fits = place === "rest" && (tag.closed ? blank.test(rest) : closing.test(rest));
  if (!fits)
    throw new OutOfProcessError("unexpectedContent", "Something stands in an element that does not belong");
  if (tag.name !== "Data") return { type: tag.name, target: tag.target };
  const bytes = base64.end();
  if (bytes === null || bytes.length === 0)
    throw new OutOfProcessError("badBase64", "The text of a Data is no base64");
  return { type: "Data", target: tag.target, stream: tag.stream, bytes };
}
