import { join } from "node:path";
import { nodeChance } from "../adapters/node/chance.ts";
import { chainEntry, entryLine, type UnchainedEntry } from "../services/ledger/chain.ts";
import { importable } from "./childModule.ts";

/** An entry as an act makes it; `receiptId` tells one from another. */
export const anEntry = (receiptId: string, result = "about to be asked"): UnchainedEntry => ({
  at: "2026-11-21T03:10:00.000Z",
  phase: "intent",
  act: "grant",
  receiptId,
  operator: "Ann",
  targetId: "target-1",
  targetName: "Contoso",
  command: "Enable-RemoteSupport",
  result,
  receipt: null,
});

/** The lines of a whole chain of so many entries. */
export function chainedLines(count: number, entryAt = (index: number) => anEntry(`receipt ${index}`)) {
  let previous: Parameters<typeof chainEntry>[1] = null;
  return Array.from({ length: count }, (_, index) => {
    const entry = chainEntry(entryAt(index), previous, (text) => nodeChance.sha256(text));
    previous = entry;
    return entryLine(entry);
  });
}

/** The file of a folder's ledger. */
export const ledgerFile = (folder: string): string => join(folder, "ledger.jsonl");

/** The beginning of a module text that has `ledger`, the ledger of that folder, and `anEntry`. */
export const withLedger = (folder: string): string => `
  import { openLedgerStore } from ${importable("adapters/node/ledgerStore.ts")};
  import { createLedger } from ${importable("services/ledger/createLedger.ts")};
  import { nodeChance } from ${importable("adapters/node/chance.ts")};
  import { anEntry } from ${importable("testing/ledgerEntries.ts")};
  const ledger = createLedger(openLedgerStore(${JSON.stringify(folder)}), nodeChance);
`;
