/** Where a listing goes on, as the text that clients hand back: nothing is kept here for who never comes back. */
export type ListingPlace = {
  readonly of: "shells" | "commands";
  readonly from: number;
  /** Of commands: whose. */
  readonly shellId: string | null;
};

export function writePlace({ of, from, shellId }: ListingPlace): string {
  return shellId === null ? `${of} ${from}` : `${of} ${from} ${shellId}`;
}

/** Null for a text that is none of ours. */
export function readPlace(text: string): ListingPlace | null {
  const [, of, from = "", shellId = null] = /^(shells|commands) (\d{1,6})(?: (.+))?$/.exec(text) ?? [];
  return of === "shells" || of === "commands" ? { of, from: Number(from), shellId } : null;
}

/** The items from that place on, and the next place while there are more. */
export function partOf<Item>(
  items: readonly Item[],
  place: ListingPlace,
  most: number | null,
): { readonly items: readonly Item[]; readonly context: string | null } {
  const next = place.from + (most ?? items.length);
  return {
    items: items.slice(place.from, next),
    // Who asked for no item yet is told of the end by a Pull.
    context: next < items.length || most === 0 ? writePlace({ ...place, from: next }) : null,
  };
}
