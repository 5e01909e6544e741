import type { LedgerEntry } from "#contract";

/** An entry, and how it stands among the others. */
export type LedgerRow = LedgerEntry & {
  /** An intent: its act goes on, or nobody knows what came of it, because a console ended in its middle. */
  readonly end: "known" | "underWay" | "notKnown";
  readonly isPractice: boolean;
};

/** `withoutOutcome`: numbers of the intents that will never have an outcome of their own. */
export function ledgerRows(
  entries: readonly LedgerEntry[],
  withoutOutcome: readonly number[],
): readonly LedgerRow[] {
  const ended = new Set(entries.filter(({ phase }) => phase === "outcome").map(({ receiptId }) => receiptId));
  const lost = new Set(withoutOutcome);
  // Only a receipt says it; what it says holds for every entry of its target.
  const practice = new Set(
    entries.flatMap(({ targetId, receipt }) => (receipt?.practice === true ? [targetId] : [])),
  );
  const endOf = ({ sequence, phase, receiptId }: LedgerEntry): LedgerRow["end"] => {
    if (lost.has(sequence)) return "notKnown";
    return phase === "outcome" || ended.has(receiptId) ? "known" : "underWay";
  };
  return entries.map((entry) => ({
    ...entry,
    end: endOf(entry),
    isPractice: practice.has(entry.targetId),
  }));
}
