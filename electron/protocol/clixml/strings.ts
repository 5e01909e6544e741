/* Strings in CLIXML ([MS-PSRP] 2.2.5.3.2, protocol 7.4). */

const UNDERSCORE = 0x5f;
/** `_xHHHH_` */
const SHORTEST_ESCAPE = 7;
/** `_xHHHHHHHH_` */
const LONGEST_ESCAPE = 11;

/** Text as it stands between tags and in attributes, ready to be written: `_xHHHH_` escapes, then XML ones. */
export function escapeString(text: string): string {
  let escaped = "";
  let after = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Letters and digits first: most text needs nothing.
    if (unit > 0x3e && unit < 0x7f && unit !== UNDERSCORE) continue;
    const replaced = replacement(unit, text.charCodeAt(index + 1));
    if (replaced === null) continue;
    escaped += text.slice(after, index) + replaced;
    after = index + 1;
  }
  return after === 0 ? text : escaped + text.slice(after);
}

function replacement(unit: number, next: number): string | null {
  if (unit === UNDERSCORE) return next === 0x78 || next === 0x58 ? "_x005F_" : null;
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || (unit >= 0xd800 && unit <= 0xdfff) || unit >= 0xfffe)
    return `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`;
  return unit < 0x40 ? (entities.get(unit) ?? null) : null;
}

const entities: ReadonlyMap<number, string> = new Map([
  [0x26, "&amp;"],
  [0x3c, "&lt;"],
  [0x3e, "&gt;"],
  [0x22, "&quot;"],
  [0x27, "&apos;"],
]);

/** Undoes `_xHHHH_` (and .NET's eight-digit form) from left to right, without a second look; other text stays. */
export function unescapeString(text: string): string {
  if (text.length < SHORTEST_ESCAPE || !text.includes("_")) return text;
  const pieces: string[] = [];
  unescapeInto(pieces, text, text.length);
  return pieces.join("");
}

/** The same for a text that comes in pieces, which may be cut anywhere. */
export class UnescapedPieces {
  #text = "";
  #rest = "";
  #pieces: string[] = [];

  add(piece: string): void {
    const text = this.#rest + piece;
    this.#rest = text.slice(unescapeInto(this.#pieces, text, text.length - LONGEST_ESCAPE));
    // Joined they are a copy; each alone would keep the text that it is a part of alive.
    if (this.#pieces.length > 64) this.#join();
  }

  /** All that came. */
  end(): string {
    unescapeInto(this.#pieces, this.#rest, this.#rest.length);
    this.#join();
    return this.#text;
  }

  #join(): void {
    this.#text += this.#pieces.join("");
    this.#pieces = [];
  }
}

/**
 * Undoes the escapes that begin before `last`; gives the place up to which the text is in the pieces then. A loop and no
 * regular expression, and few pieces: every line end of a transcript is two escapes.
 */
function unescapeInto(pieces: string[], text: string, last: number): number {
  let after = 0;
  let at = text.indexOf("_");
  let characters = "";
  for (; at >= 0 && at < last; at = text.indexOf("_", at)) {
    const digits = escapeDigits(text, at);
    const value = digits === 0 ? -1 : hexadecimal(text, at + 2, digits);
    if (value < 0 || value > 0x10ffff) at++;
    else {
      if (at > after) {
        pieces.push(characters, text.slice(after, at));
        characters = "";
      }
      characters += digits === 4 ? String.fromCharCode(value) : String.fromCodePoint(value);
      at += digits + 3;
      after = at;
    }
  }
  const end = at < 0 ? text.length : at;
  pieces.push(characters + text.slice(after, end));
  return end;
}

/** 4 or 8 when an escape of that many digits may begin here, else 0. */
function escapeDigits(text: string, at: number): 0 | 4 | 8 {
  if ((text.charCodeAt(at + 1) | 0x20) !== 0x78) return 0;
  if (text.charCodeAt(at + 6) === UNDERSCORE) return 4;
  return text.charCodeAt(at + 10) === UNDERSCORE ? 8 : 0;
}

/** The number that so many hexadecimal digits make, or -1 when one is none. */
function hexadecimal(text: string, from: number, count: number): number {
  let value = 0;
  for (let index = from; index < from + count; index++) {
    const unit = text.charCodeAt(index);
    const letter = (unit | 0x20) - 0x61;
    if (unit >= 0x30 && unit <= 0x39) value = value * 16 + unit - 0x30;
    else if (letter >= 0 && letter < 6) value = value * 16 + letter + 10;
    else return -1;
  }
  return value;
}
