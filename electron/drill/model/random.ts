/** Repeatable chance: the same seeds give the same row of answers, on every machine. */
export type Random = {
  /** 0 <= n < 1. */
  next(): number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** True in that share of cases. */
  chance(share: number): boolean;
  /** The same items in another order. */
  shuffle<Item>(items: readonly Item[]): readonly Item[];
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** A version 4 Guid in lower case. */
  guid(): string;
};

/** Chance that follows from the seeds alone. */
export function randomFrom(...seeds: readonly (number | string)[]): Random {
  let state = fold(seeds.join("\u0000"));
  const next = (): number => {
    // A counter run through two rounds of multiply and shift: short, and even enough for a rehearsal.
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => between(0, 15).toString(16)).join("");
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    chance: (share) => next() < share,
    shuffle: (items) =>
      items
        .map((item) => ({ item, order: next() }))
        .toSorted((a, b) => a.order - b.order)
        .map((entry) => entry.item),
    hex,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[between(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}

/** A text as 32 bits (FNV-1a). */
function fold(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return hash >>> 0;
}
