import type { Act } from "#contract";
import { durationWords, utcMinute } from "../../ui/timeWords.ts";

/** From when to when, and how long that was. */
export function lastedWords(from: number, to: number): string {
  return `${utcMinute(from)} to ${utcMinute(to)}, ${durationWords(to - from)}`;
}

/** Why something was granted, for which case and by whom. */
export function whyWords({
  reason,
  caseNumber,
  operator,
}: Pick<Act, "reason" | "caseNumber" | "operator">): string {
  const short = reason.length > 80 ? `${reason.slice(0, 80)}…` : reason;
  return `${short}${caseNumber === "" ? "" : ` · case ${caseNumber}`} · by ${operator}`;
}
