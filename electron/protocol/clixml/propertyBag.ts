import type { ClixmlValue } from "./value.ts";

/** Shared by all objects without properties; nobody writes to it. */
export const NO_PROPERTIES: ReadonlyMap<string, ClixmlValue> = new Map();

/** Above this many a name is not compared with each of the others. */
const FEW = 32;

/**
 * The orders of names that the bags of one text had, by their first name. Records of one kind repeat theirs, and names
 * that come in a known order need not be compared with each other again.
 */
export class NameOrders {
  readonly #orders = new Map<string, readonly string[]>();

  startingWith(first: string): readonly string[] {
    return this.#orders.get(first) ?? NO_NAMES;
  }

  learn(names: readonly string[]): void {
    const [first] = names;
    if (first !== undefined) this.#orders.set(first, names);
  }
}

const NO_NAMES: readonly string[] = [];

/**
 * Properties while they are read: names compare without case and the last one counts (protocol 7.3). In a very large
 * bag, as only a dictionary in disguise has, names that differ in case are kept side by side: looking them up finds the
 * exact one first.
 */
export class PropertyBag {
  readonly #properties: Map<string, ClixmlValue>;
  readonly #orders: NameOrders;
  /** The order that the names have followed so far; none any more once one differed. */
  #order: readonly string[] = NO_NAMES;
  #followed: number;
  /** The names for comparison, once they follow no known order. */
  #names: string[] | null = null;

  constructor(before: ReadonlyMap<string, ClixmlValue>, orders: NameOrders) {
    this.#properties = before.size === 0 ? new Map() : new Map(before);
    this.#orders = orders;
    this.#followed = before.size;
  }

  /** What was read; the bag takes no more after it. */
  end(): ReadonlyMap<string, ClixmlValue> {
    if (this.#names !== null && this.#names.length <= FEW) this.#orders.learn(this.#names);
    return this.#properties.size === 0 ? NO_PROPERTIES : this.#properties;
  }

  add(name: string, value: ClixmlValue): void {
    if (this.#followed === 0) this.#order = this.#orders.startingWith(name);
    if (this.#names === null && this.#order[this.#followed] === name) this.#followed++;
    else this.#compare(name);
    this.#properties.set(name, value);
  }

  #compare(name: string): void {
    this.#names ??= [...this.#properties.keys()];
    const names = this.#names;
    this.#followed = -1;
    if (names.length > FEW) return;
    const at = names.findIndex((known) => isSameName(known, name));
    const known = names[at];
    if (known !== undefined) {
      names.splice(at, 1);
      if (known !== name) this.#properties.delete(known);
    }
    names.push(name);
  }
}

/** A name of the same length is the only one worth folding, and in ASCII only one with the same first letter. */
function isSameName(known: string, name: string): boolean {
  if (known.length !== name.length) return false;
  const [left, right] = [known.charCodeAt(0), name.charCodeAt(0)];
  if (left < 128 && right < 128 && (left | 0x20) !== (right | 0x20)) return false;
  return known === name || known.toLowerCase() === name.toLowerCase();
}
