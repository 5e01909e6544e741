import type { Grant, Level } from "#contract";
import { levelWords, printedLevel } from "../../parts/doorWords.ts";
import { utcMinute } from "../../ui/timeWords.ts";

/** One fact of a grant before and after. */
export type GrantChange = { readonly label: string; readonly before: string; readonly after: string };

/** What a new grant would change of the one in force; times of `until` in ms. Less than a minute is no change. */
export function grantChanges(grant: Grant, level: Level, until: number): readonly GrantChange[] {
  const before = grant.expiresAt === null ? null : Date.parse(grant.expiresAt);
  const isOtherTime = before === null || Math.abs(until - before) >= 60_000;
  return [
    ...(grant.level === level
      ? []
      : [{ label: "Level", before: printedLevel(grant), after: levelWords(level) }]),
    ...(isOtherTime
      ? [
          {
            label: "Closes by itself",
            before: before === null ? "not printed" : utcMinute(before),
            after: utcMinute(until),
          },
        ]
      : []),
  ];
}
