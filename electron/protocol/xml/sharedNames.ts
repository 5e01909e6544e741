/** A power of two. */
const SLOTS = 1_024;
const LONGEST = 40;

/**
 * Names met lately, of all documents: the same few dozen come again in every message, and equal names that are the same
 * string compare at once. It remembers nothing but short names, and forgets a name for the next one in its place.
 */
const names: string[] = Array.from({ length: SLOTS }, () => "");

/** The part of the source as a string; an equal one met before is given again. `hash` is any hash of its units. */
export function sharedName(source: string, start: number, length: number, hash: number): string {
  if (length > LONGEST) return source.slice(start, start + length);
  const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
  const known = names[slot] ?? "";
  if (known.length === length && source.startsWith(known, start)) return known;
  const name = copied(source, start, length);
  names[slot] = name;
  return name;
}

/**
 * Unit by unit, since a slice would keep the whole document alive; and as the key of an object, since the engine has each
 * key but once and compares it by identity.
 */
function copied(source: string, start: number, length: number): string {
  const units: number[] = [];
  for (let index = start; index < start + length; index++) units.push(source.charCodeAt(index));
  return Object.keys({ [String.fromCharCode(...units)]: null })[0] ?? "";
}
