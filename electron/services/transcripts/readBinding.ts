/** A parameter with its value, as bound. */
export type Binding = { readonly name: string; readonly value: string };

/** A longer value is cut in the outline; the text beside it has all of it. */
const longestValue = 4_000;

/** The marker's rest, `name="…"; value="…"`, or null while the value has no end yet. */
export function readBinding(rest: string): Binding | null {
  if (!rest.startsWith('name="') || !rest.endsWith('"')) return null;
  const middle = rest.indexOf('";', 6);
  if (middle === -1) return null;
  const value = rest.slice(middle + 2).trimStart();
  if (!value.startsWith('value="') || value.length < 8) return null;
  return { name: rest.slice(6, middle), value: short(value.slice(7, -1)) };
}

const short = (value: string): string =>
  value.length <= longestValue ? value : `${value.slice(0, longestValue)}…`;
