import type { RevokeProgress } from "#contract";

export function phaseOf({ outcome }: RevokeProgress): "running" | "ended" {
  return outcome === null ? "running" : "ended";
}

/** Whether a progress is newer than the one shown: it may come by two ways, and each of them in its own time. */
export function isNewerRevoke(shown: RevokeProgress | null, next: RevokeProgress): boolean {
  if (shown === null) return true;
  const later = Date.parse(next.startedAt) - Date.parse(shown.startedAt);
  if (later !== 0) return later > 0;
  const rank = ranks[next.outcome?.kind ?? "none"] - ranks[shown.outcome?.kind ?? "none"];
  if (rank !== 0) return rank > 0;
  return next.facts.length >= shown.facts.length;
}

/** A revoke that is not confirmed goes on and may become closed; nothing follows a proof. */
const ranks = { none: 0, notConfirmed: 1, closed: 2 } as const;

/** A proof is news for so long to a page that did not see it come (ms); later it is found in the ledger. */
const proofIsNews = 3_600_000;

/** Whether a page that knows nothing of a revoke shows it; `age` in ms. What is not proved is always shown. */
export function isWorthShowing({ outcome }: RevokeProgress, age: number): boolean {
  return outcome?.kind !== "closed" || age < proofIsNews;
}

/**
 * Since when the stopwatch of a revoke runs, by the console's time (ms): since it was asked for here, unless it began at
 * another time (somebody else asked for it, or the page did not know the console's time yet).
 */
export function stopwatchSince(since: number, progress: RevokeProgress | null): number {
  const startedAt = progress === null ? since : Date.parse(progress.startedAt);
  return Math.abs(startedAt - since) < closeEnough ? since : startedAt;
}

/** A stopwatch does not jump for so little (ms). */
const closeEnough = 2_000;
