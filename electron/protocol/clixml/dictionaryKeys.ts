import { ClixmlError } from "./clixmlError.ts";
import type { ClixmlObject, ClixmlValue } from "./value.ts";

/** The keys of one dictionary: never Nil, never twice, never an object that holds the dictionary (protocol 7.3, 13). */
export class DictionaryKeys {
  readonly #plain = new Set<ClixmlValue>();
  readonly #scalars = new Set<string>();

  /** `open` are the objects that are still being read or written around the dictionary. */
  add(key: ClixmlValue, open: readonly ClixmlObject[]): void {
    if (key === null) throw new ClixmlError("key", "A key of a dictionary is null");
    if (typeof key === "object" && key.kind === "scalar")
      return this.#addTo(this.#scalars, key.tag + key.text);
    if (typeof key === "object" && open.includes(key))
      throw new ClixmlError("key", "A key of a dictionary holds the dictionary");
    this.#addTo(this.#plain, key);
  }

  #addTo<Key>(keys: Set<Key>, key: Key): void {
    if (keys.has(key)) throw new ClixmlError("key", "A key of a dictionary stands twice");
    keys.add(key);
  }
}
