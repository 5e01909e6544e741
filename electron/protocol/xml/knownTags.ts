/** An open tag that neither has nor declares a prefix: it says the same wherever it stands. */
export type KnownTag = {
  /** From its `<` to its `>`, both included. */
  readonly text: string;
  readonly name: string;
  readonly attributeNames: readonly string[];
  readonly attributeValues: readonly string[];
  /** It ends in `/>`. */
  readonly empty: boolean;
  /** The slot of the tag that came after it last time: no tag keeps another one alive. */
  next: number;
};

/** No longer than this in any part; a scanner with stricter limits does not ask here. */
export const LONGEST_KNOWN = 64;

/** A power of two. */
const SLOTS = 1_024;

/**
 * Plain ASCII without prefixes, declarations and references, so that no setting of a scanner matters. A value of several
 * digits is a number that hardly comes again.
 */
const LASTING =
  /^<[A-Za-z][\w.-]*(?: (?!xmlns=)[A-Za-z][\w.-]*="(?:\d?|[ !#-%'-/:;=-~][ !#-%'-;=-~]*)")* ?\/?>$/;

/** Tags met lately, of all documents: short ones only, and one is forgotten for the next in its place. */
const tags: (KnownTag | null)[] = Array.from({ length: SLOTS }, () => null);

/**
 * The same few dozen tags come again in every message, mostly in the same order, and need not be taken apart again. One of
 * these for each document.
 */
export class KnownTags {
  #last: KnownTag | null = null;

  /** The tag that begins at `at`, if it is a known one. */
  find(source: string, at: number): KnownTag | null {
    const guess = this.#last === null ? null : (tags[this.#last.next] ?? null);
    if (guess !== null && source.startsWith(guess.text, at)) return (this.#last = guess);
    const length = lengthOf(source, at);
    if (length === 0) return null;
    const slot = slotOf(source, at, length);
    const tag = tags[slot] ?? null;
    return tag !== null && source.startsWith(tag.text, at) ? this.#follow(tag, slot) : null;
  }

  /** Keeps what the tag at `at` was found to say, if it lasts. */
  remember(source: string, at: number, said: Omit<KnownTag, "text" | "next">): void {
    const length = lengthOf(source, at);
    const text = source.slice(at, at + length);
    if (length === 0 || !LASTING.test(text)) return;
    const slot = slotOf(source, at, length);
    const tag = { ...said, text: copied(text), next: slot };
    tags[slot] = tag;
    this.#follow(tag, slot);
  }

  #follow(tag: KnownTag, slot: number): KnownTag {
    if (this.#last !== null) this.#last.next = slot;
    this.#last = tag;
    return tag;
  }
}

/** Up to the first `>`, which may stand in a value: no known tag ends there. 0 when that is too long. */
function lengthOf(source: string, at: number): number {
  const length = source.indexOf(">", at) + 1 - at;
  return length > 0 && length <= LONGEST_KNOWN ? length : 0;
}

/** Out of a few characters: names of properties differ in their middle and at their end. */
function slotOf(source: string, at: number, length: number): number {
  const hash =
    length +
    Math.imul(source.charCodeAt(at + 1), 0x9e37) +
    Math.imul(source.charCodeAt(at + 2), 0x79b9) +
    Math.imul(source.charCodeAt(at + (length >> 1)), 0x85eb) +
    Math.imul(source.charCodeAt(at + length - 3), 0xca6b) +
    Math.imul(source.charCodeAt(at + length - 5), 0x27d4);
  return (hash ^ (hash >>> 10)) & (SLOTS - 1);
}

/** Unit by unit: a slice would keep the whole document alive. */
function copied(text: string): string {
  return String.fromCharCode(...Array.from(text, (unit) => unit.charCodeAt(0)));
}
