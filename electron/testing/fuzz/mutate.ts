import type { Seeded } from "../seeded.ts";
import { type Bytes, byteFault } from "./byteFaults.ts";
import { markupFault } from "./markupFaults.ts";

/**
 * The same bytes with one to four faults in them, half the time with one alone: what has a single fault gets furthest.
 * `other` is a second sample of the same parser, for what is spliced.
 */
export function mutated(sample: Uint8Array, other: Uint8Array, chance: Seeded): Bytes {
  let bytes = sample.slice();
  const faults = chance.below(2) === 0 ? 1 : 1 + chance.below(4);
  for (let left = faults; left > 0 && bytes.length > 0; left--) {
    const structural = chance.below(2) === 0 ? markupFault(bytes, other, chance) : null;
    bytes = structural ?? byteFault(bytes, other, chance);
  }
  return bytes;
}
