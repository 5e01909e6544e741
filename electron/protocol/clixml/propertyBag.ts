import type { ClixmlValue } from "./value.ts";

/** Shared by all objects without properties; nobody writes to it. */
export const NO_PROPERTIES: ReadonlyMap<string, ClixmlValue> = new Map();

/** Above this many a name is not compared with each of the others. */
const FEW = 32;

/**
 * Adds a property; names compare without case and the last one counts (protocol 7.3). In a very large bag, as only a
 * dictionary in disguise has, names that differ in case are kept side by side: looking them up finds the exact one first.
 */
export function addProperty(properties: Map<string, ClixmlValue>, name: string, value: ClixmlValue): void {
  if (properties.size > 0 && properties.size <= FEW) {
    const other = sameNameOtherwise(properties, name);
    if (other !== null) properties.delete(other);
  }
  properties.set(name, value);
}

/** A name of the same length is the only one worth folding. */
function sameNameOtherwise(properties: Map<string, ClixmlValue>, name: string): string | null {
  let folded = "";
  for (const known of properties.keys()) {
    if (known.length !== name.length || known === name) continue;
    if (folded === "") folded = name.toLowerCase();
    if (known.toLowerCase() === folded) return known;
  }
  return null;
}
