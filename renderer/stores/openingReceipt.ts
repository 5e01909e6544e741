import type { ConsoleClient, Receipt } from "#contract";

/** The receipt of the opening that began then, when the ledger has it; else null. */
export async function openingReceipt(
  console: ConsoleClient,
  targetId: string,
  startedAt: string,
): Promise<Receipt | null> {
  const entries = await console.ledger.list({}).then(
    (ledger) => ledger.entries,
    // What cannot be read says nothing.
    () => [],
  );
  const found = entries.find(
    ({ receipt, ...entry }) =>
      entry.targetId === targetId && receipt?.act === "grant" && receipt.startedAt === startedAt,
  );
  return found?.receipt ?? null;
}
