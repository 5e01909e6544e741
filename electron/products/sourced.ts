/** Who says so. `assumed`: it is said of a sister product, or of nobody, and taken over to this one. */
export type Source = { readonly title: string; readonly assumed: boolean };

/** One fact about what a product prints, with its source. */
export type Sourced = { readonly text: string; readonly source: Source };

export function from(source: Source, ...texts: readonly string[]): readonly Sourced[] {
  return texts.map((text) => ({ text, source }));
}

export function textsOf(facts: readonly Sourced[]): readonly string[] {
  return facts.map(({ text }) => text);
}
