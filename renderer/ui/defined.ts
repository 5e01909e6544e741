/** Props without those that are undefined: Fluent tells an absent prop from an undefined one. */
export function defined<T extends object>(props: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(props).filter(([, value]) => value !== undefined);
  // Filtering keeps keys and types, which Object.fromEntries cannot say.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
