import type { OutlineEntry } from "#contract";

const classes: Readonly<Record<OutlineEntry["class"], string>> = {
  diagnostics: "Diagnostics",
  repair: "Repair",
  aboveLevel: "Above its level",
  plumbing: "Plumbing",
  notListed: "Not on the list",
};

export function classWord(entry: OutlineEntry): string {
  return classes[entry.class];
}

/** `-Name value -Path C:\x`: the arguments in one line. */
export function argumentLine(entry: OutlineEntry): string {
  return entry.arguments.map(({ name, value }) => `-${name} ${value}`).join(" ");
}

/** The remoting client's own probing is folded away unless everything is asked for. */
export function shownEntries(
  outline: readonly OutlineEntry[],
  withPlumbing: boolean,
): readonly OutlineEntry[] {
  return withPlumbing ? outline : outline.filter((entry) => entry.class !== "plumbing");
}
