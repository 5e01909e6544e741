import { isXmlCharacter } from "./characters.ts";
import { XmlError } from "./xmlError.ts";

const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The longest reference there is: `&#x10FFFF;`, with room for leading zeros. */
export const LONGEST_REFERENCE = 17;

/**
 * Replaces the five named entities and numeric references; nothing else exists without a DTD (protocol 13). `position`
 * is where the text stood, for errors.
 */
export function replaceReferences(text: string, position: number, nonCharactersPass: boolean): string {
  const pieces: string[] = [];
  let after = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", after)) {
    const end = endOf(text, at);
    const replaced = end < 0 ? null : replaceOne(text.slice(at + 1, end), nonCharactersPass);
    if (replaced === null) throw entityError(position + at);
    pieces.push(text.slice(after, at), replaced);
    after = end + 1;
  }
  pieces.push(text.slice(after));
  return pieces.join("");
}

/** Where the reference that begins at `at` has its semicolon, or -1; looks no further than one can be long. */
function endOf(text: string, at: number): number {
  for (let index = at + 1; index < at + LONGEST_REFERENCE; index++)
    if (text.charCodeAt(index) === 0x3b) return index;
  return -1;
}

function replaceOne(reference: string, nonCharactersPass: boolean): string | null {
  if (reference.charCodeAt(0) !== 0x23) return named.get(reference) ?? null;
  const hexadecimal = reference.charCodeAt(1) === 0x78;
  const digits = reference.slice(hexadecimal ? 2 : 1);
  if (!(hexadecimal ? /^[0-9a-fA-F]+$/ : /^[0-9]+$/).test(digits)) return null;
  const codePoint = Number.parseInt(digits, hexadecimal ? 16 : 10);
  const passes = nonCharactersPass && (codePoint === 0xfffe || codePoint === 0xffff);
  return passes || isXmlCharacter(codePoint) ? String.fromCodePoint(codePoint) : null;
}

const entityError = (position: number): XmlError =>
  new XmlError("entity", "A reference is neither one of the five entities nor a character", position);
