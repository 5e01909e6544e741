import type { Revocation } from "../../stores/createRevokeStore.ts";
import { stopwatchWords } from "../../ui/timeWords.ts";
import { isAsked } from "./stripRows.ts";
import type { StripRow } from "./stripRows.ts";

/** What counts of a row, in one line. */
export function rowWords(row: StripRow, name: string): string {
  if (row.kind === "revoke") return revokeWords(name, row.revocation, row.isShutByNow);
  return isAsked(row.opening) ? `${name} asks: answer now` : `Opening the door of ${name}`;
}

function revokeWords(name: string, { phase, progress }: Revocation, isShutByNow: boolean): string {
  const outcome = progress?.outcome ?? null;
  if (outcome?.kind === "closed")
    return `${name}: Confirmed closed in ${stopwatchWords(outcome.milliseconds)}`;
  if (phase === "running") return `Closing the door of ${name}`;
  const what = phase === "notSent" ? "sent" : "confirmed";
  return isShutByNow
    ? `${name}: Was not ${what}; the door is shut by now`
    : `${name}: Not ${what}. Treat the door as open.`;
}
