/** So many places can be told apart on a scroll bar. */
const places = 400;

/** Where lines (counted from 1) show on a scroll bar, in percent from its top; those that fall together show once. */
export function markPlaces(marks: readonly number[], lines: number): readonly number[] {
  if (lines < 1) return [];
  const seen = new Set(marks.map((line) => Math.floor(((line - 1) / lines) * places)));
  return [...seen].map((place) => (place / places) * 100);
}
