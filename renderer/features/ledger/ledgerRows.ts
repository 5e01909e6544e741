import type { LedgerEntry } from "#contract";

/** An entry, and whether what it announced has an end in the ledger. */
export type LedgerRow = LedgerEntry & { readonly isUnfinished: boolean; readonly isPractice: boolean };

/** An intent without an outcome is shown as such: the act still goes on, or the console ended in its middle. */
export function ledgerRows(entries: readonly LedgerEntry[]): readonly LedgerRow[] {
  const ended = new Set(entries.filter(({ phase }) => phase === "outcome").map(({ receiptId }) => receiptId));
  // Only a receipt says it; what it says holds for every entry of its target.
  const practice = new Set(
    entries.flatMap(({ targetId, receipt }) => (receipt?.practice === true ? [targetId] : [])),
  );
  return entries.map((entry) => ({
    ...entry,
    isPractice: practice.has(entry.targetId),
    isUnfinished: entry.phase === "intent" && !ended.has(entry.receiptId),
  }));
}
