import type { ClixmlValue } from "./value.ts";

/** Shared by all objects without properties; nobody writes to it. */
export const NO_PROPERTIES: ReadonlyMap<string, ClixmlValue> = new Map();

/** Above this many a name is not compared with each of the others. */
const FEW = 32;

/**
 * Properties while they are read: names compare without case and the last one counts (protocol 7.3). In a very large
 * bag, as only a dictionary in disguise has, names that differ in case are kept side by side: looking them up finds the
 * exact one first.
 */
export class PropertyBag {
  readonly #properties: Map<string, ClixmlValue>;
  readonly #names: string[];

  constructor(before: ReadonlyMap<string, ClixmlValue>) {
    this.#properties = before.size === 0 ? new Map() : new Map(before);
    this.#names = before.size === 0 ? [] : [...before.keys()];
  }

  get properties(): ReadonlyMap<string, ClixmlValue> {
    return this.#properties.size === 0 ? NO_PROPERTIES : this.#properties;
  }

  add(name: string, value: ClixmlValue): void {
    if (this.#names.length <= FEW) this.#forgetSameName(name);
    if (this.#names.length <= FEW) this.#names.push(name);
    this.#properties.set(name, value);
  }

  /** A name of the same length is the only one worth folding. */
  #forgetSameName(name: string): void {
    for (let index = 0; index < this.#names.length; index++) {
      const known = this.#names[index] ?? "";
      if (known.length !== name.length) continue;
      if (known !== name && known.toLowerCase() !== name.toLowerCase()) continue;
      this.#names.splice(index, 1);
      if (known !== name) this.#properties.delete(known);
      return;
    }
  }
}
