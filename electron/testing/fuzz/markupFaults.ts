import type { Seeded } from "../seeded.ts";
import { type Bytes, joined, times } from "./byteFaults.ts";
import { hostileValues, tagNames } from "./hostileWords.ts";

const [less, greater, slash, quote] = [0x3c, 0x3e, 0x2f, 0x22];

/** One element in the bytes; `inner` is what stands between its tags, null for one that closes itself. */
type Found = {
  readonly start: number;
  readonly end: number;
  readonly nameEnd: number;
  readonly inner: readonly [start: number, end: number] | null;
};

/**
 * One fault that leaves the text well-formed, so that it is met by what reads the meaning and not only by the reader of
 * markup. Gives null where there is no element behind the place.
 */
export function markupFault(bytes: Bytes, other: Uint8Array, chance: Seeded): Bytes | null {
  const found = elementBehind(bytes, chance.below(bytes.length));
  if (found === null) return null;
  const { start, end, inner } = found;
  const whole = bytes.subarray(start, end);
  switch (chance.below(8)) {
    case 0:
      return renamed(bytes, found, tagNames[chance.below(tagNames.length)] ?? whole);
    case 1:
      return joined(bytes.subarray(0, start), bytes.subarray(end));
    case 2:
      return joined(bytes.subarray(0, start), times(whole, chance.pick([2, 3, 40])), bytes.subarray(end));
    case 3:
      return nested(bytes, found, chance.pick([1, 2, 16, 64, 400]));
    case 4: {
      const foreign = elementBehind(other, chance.below(other.length));
      if (foreign === null) return null;
      const replaced = chance.below(2) === 0 ? end : start;
      return joined(
        bytes.subarray(0, start),
        other.subarray(foreign.start, foreign.end),
        bytes.subarray(replaced),
      );
    }
    case 5:
      return withAttribute(bytes, found, chance);
    default:
      if (inner === null) return withAttribute(bytes, found, chance);
      return joined(bytes.subarray(0, inner[0]), aValue(chance), bytes.subarray(inner[1]));
  }
}

const aValue = (chance: Seeded): Uint8Array =>
  hostileValues[chance.below(hostileValues.length)] ?? new Uint8Array();

/** Where tags that are never ended stand one behind the other, looking further would take long. */
const mostTries = 8;

/** The first element that begins at or behind the place. */
function elementBehind(bytes: Uint8Array, from: number): Found | null {
  let tries = 0;
  for (let start = bytes.indexOf(less, from); start >= 0; start = bytes.indexOf(less, start + 1)) {
    if (!isLetter(bytes[start + 1] ?? 0)) continue;
    if (++tries > mostTries) return null;
    const close = bytes.indexOf(greater, start);
    if (close < 0) return null;
    const nameEnd = endOfName(bytes, start + 1);
    if (bytes[close - 1] === slash) return { start, end: close + 1, nameEnd, inner: null };
    const ending = endingTag(bytes, bytes.subarray(start + 1, nameEnd), close + 1);
    if (ending !== null) return { start, nameEnd, inner: [close + 1, ending.start], end: ending.end };
  }
  return null;
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

function endOfName(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !" />\r\n".includes(String.fromCharCode(bytes[at] ?? 0))) at++;
  return at;
}

/** The tag that ends an element of that name, whatever elements of the same name lie inside. */
function endingTag(
  bytes: Uint8Array,
  name: Uint8Array,
  from: number,
): { readonly start: number; readonly end: number } | null {
  let open = 1;
  for (let at = bytes.indexOf(less, from); at >= 0; at = bytes.indexOf(less, at + 1)) {
    const ends = bytes[at + 1] === slash;
    const nameAt = at + (ends ? 2 : 1);
    if (!startsWith(bytes, name, nameAt)) continue;
    const after = bytes[nameAt + name.length] ?? 0;
    if (after !== greater && after !== 0x20) continue;
    const close = bytes.indexOf(greater, nameAt);
    if (close < 0) return null;
    if (!ends && bytes[close - 1] === slash) continue;
    open += ends ? -1 : 1;
    if (open === 0) return { start: at, end: close + 1 };
  }
  return null;
}

function startsWith(bytes: Uint8Array, name: Uint8Array, from: number): boolean {
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name[at]) return false;
  return true;
}

function renamed(bytes: Bytes, { start, end, nameEnd, inner }: Found, name: Uint8Array): Bytes {
  const before = bytes.subarray(0, start + 1);
  if (inner === null) return joined(before, name, bytes.subarray(nameEnd));
  const ending = [Uint8Array.of(less, slash), name, Uint8Array.of(greater)];
  return joined(before, name, bytes.subarray(nameEnd, inner[1]), ...ending, bytes.subarray(end));
}

/** Puts the element into itself, so many times deep. */
function nested(bytes: Bytes, { start, end, inner }: Found, depth: number): Bytes {
  if (inner === null) return joined(bytes.subarray(0, end), bytes.subarray(start));
  const opening = times(bytes.subarray(start, inner[0]), depth);
  const fits = opening.length / (inner[0] - start);
  const closing = times(bytes.subarray(inner[1], end), fits);
  return joined(bytes.subarray(0, start), opening, bytes.subarray(start, end), closing, bytes.subarray(end));
}

function withAttribute(bytes: Bytes, { nameEnd, inner, end }: Found, chance: Seeded): Bytes {
  const opening = bytes.indexOf(quote, nameEnd);
  const closing = opening < 0 ? -1 : bytes.indexOf(quote, opening + 1);
  if (closing >= 0 && closing < (inner?.[0] ?? end))
    return joined(bytes.subarray(0, opening + 1), aValue(chance), bytes.subarray(closing));
  const added = chance.pick([' N="a"', ' RefId="1"', ' xsi:nil="true"', ' s:mustUnderstand="true"']);
  return joined(bytes.subarray(0, nameEnd), new TextEncoder().encode(added), bytes.subarray(nameEnd));
}
