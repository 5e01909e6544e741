import { fromBase64 } from "../clixml/base64.ts";
import { Pieces } from "../pieces.ts";

const padding = 0x3d;
const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === 0x0a;

/** Decodes base64 that arrives in pieces of any length: a long line is never held as text. */
export class Base64Stream {
  #left = "";
  #ended = false;
  readonly #pieces = new Pieces();

  /** False when the text is no base64; nothing more is read then. */
  add(text: string): boolean {
    const whole = this.#left + withoutSpace(text);
    const usable = whole.length - (whole.length % 4);
    this.#left = whole.slice(usable);
    if (usable === 0) return true;
    if (this.#ended) return false;
    const bytes = fromBase64(whole.slice(0, usable));
    if (bytes === null) return false;
    this.#ended = whole.charCodeAt(usable - 1) === padding;
    this.#pieces.add(bytes);
    return true;
  }

  /** All bytes, or null when the text ended inside a group of four. */
  end(): Uint8Array | null {
    return this.#left === "" ? this.#pieces.takeWhole() : null;
  }
}

function withoutSpace(text: string): string {
  for (let at = 0; at < text.length; at++)
    if (isSpace(text.charCodeAt(at))) return text.replaceAll(/[ \t\r\n]+/g, "");
  return text;
}
