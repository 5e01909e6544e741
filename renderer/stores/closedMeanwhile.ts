import type { ConsoleClient, LedgerEntry, RevokeProgress } from "#contract";
import type { Revocation } from "./createRevokeStore.ts";

/** The proof of a revoke that was lost from sight, when the ledger has it; else null. */
export async function closedMeanwhile(
  console: ConsoleClient,
  targetId: string,
  { since, progress }: Revocation,
): Promise<RevokeProgress | null> {
  const from = progress === null ? since : Date.parse(progress.startedAt);
  const isOurs = ({ act, receipt, ...entry }: LedgerEntry): boolean =>
    entry.targetId === targetId &&
    act === "revoke" &&
    receipt?.outcome === "closed" &&
    Date.parse(receipt.startedAt) >= from;
  const entries = await console.ledger.list({}).then(
    (ledger) => ledger.entries,
    // A ledger that cannot be read proves nothing.
    (): readonly LedgerEntry[] => [],
  );
  const receipt = entries.find(isOurs)?.receipt ?? null;
  if (receipt === null) return null;
  return {
    startedAt: receipt.startedAt,
    facts: receipt.facts,
    doing: null,
    taken: true,
    readings: receipt.readings ?? progress?.readings ?? [],
    outcome: {
      kind: "closed",
      milliseconds: Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt),
      receipt,
    },
  };
}
