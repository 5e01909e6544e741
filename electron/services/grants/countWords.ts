/** `no running session`, `1 active grant`, `an unknown number of active grants`. */
export function countWords(count: number | null, thing: string): string {
  if (count === null) return `an unknown number of ${thing}s`;
  return `${count === 0 ? "no" : count} ${thing}${count === 0 || count === 1 ? "" : "s"}`;
}
