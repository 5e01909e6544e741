import type { LineIndex } from "./lineIndex.ts";

/** Found lines are listed up to this many; all are counted. */
const mostFound = 10_000;

/** The numbers of the lines that hold the text, each line once. */
export function findLines(
  lines: LineIndex,
  text: string,
  matchCase: boolean,
): { readonly lines: readonly number[]; readonly total: number } {
  const needle = matchCase ? text : text.toLowerCase();
  const found: number[] = [];
  let total = 0;
  for (let number = 1; number <= lines.count; number += 1) {
    const line = matchCase ? lines.line(number) : lines.line(number).toLowerCase();
    if (!line.includes(needle)) continue;
    total += 1;
    if (found.length < mostFound) found.push(number);
  }
  return { lines: found, total };
}
