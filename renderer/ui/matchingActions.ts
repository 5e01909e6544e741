/** Something that can be done, by its name. */
export type NamedAction = {
  readonly id: string;
  readonly words: string;
  /** Its key, where it has one. */
  readonly key?: string;
  /** It has to be said twice. */
  readonly asksTwice?: boolean;
};

/** The actions whose names hold every typed word; those that begin with what was typed stand first. */
export function matchingActions<A extends NamedAction>(actions: readonly A[], typed: string): readonly A[] {
  const wanted = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const fits = actions.filter(({ words }) => wanted.every((word) => words.toLowerCase().includes(word)));
  const begins = ({ words }: A): boolean => words.toLowerCase().startsWith(wanted.join(" "));
  return [...fits.filter(begins), ...fits.filter((action) => !begins(action))];
}
