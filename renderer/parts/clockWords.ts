import { durationWords } from "../ui/timeWords.ts";

/** Up to here two clocks are taken for one (ms). */
const remarkable = 60_000;

export type Clocks = {
  readonly targetName: string;
  /** How far the console's clock is ahead of the page's (ms); null where it is not known. */
  readonly consoleAheadMs: number | null;
  /** How far the target's clock is ahead of the console's (ms); null where it is not known. */
  readonly deviceAheadMs: number | null;
};

/** What is to be said of clocks that are more than a minute apart. */
export function clockWords({ targetName, consoleAheadMs, deviceAheadMs }: Clocks): readonly string[] {
  return [
    ...differenceWords(
      "This page's clock",
      "the console's",
      consoleAheadMs === null ? null : -consoleAheadMs,
      "ages and times left are by the console's.",
    ),
    ...differenceWords(
      `The clock of ${targetName}`,
      "the console's",
      deviceAheadMs,
      "times that it printed are by its own.",
    ),
  ];
}

function differenceWords(
  clock: string,
  other: string,
  aheadMs: number | null,
  then: string,
): readonly string[] {
  if (aheadMs === null || Math.abs(aheadMs) <= remarkable) return [];
  const way = aheadMs > 0 ? "ahead of" : "behind";
  return [`${clock} is ${durationWords(Math.abs(aheadMs))} ${way} ${other}; ${then}`];
}
