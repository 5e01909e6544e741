import type { LedgerEntry, Receipt } from "#contract";
import type { Chance, LedgerStore } from "../ports.ts";
import { ChainReader, chainEntry, entryLine, type ChainState, type UnchainedEntry } from "./chain.ts";

/** The append-only record of every act. */
export type Ledger = {
  /** Resolves when the entry is on disk; entries are written one after the other. */
  append(entry: UnchainedEntry): Promise<LedgerEntry>;
  /** Newest first. */
  list(): Promise<{ readonly entries: readonly LedgerEntry[]; readonly chain: ChainState }>;
  /** The receipts of grants that were confirmed, oldest first; read again only when lines were added. */
  grantReceipts(): Promise<readonly Receipt[]>;
};

/** The ledger over a store of lines. Nothing in the file is ever repaired: a torn line stays and is reported. */
export function createLedger(store: LedgerStore, chance: Chance): Ledger {
  const sha256 = (text: string): string => chance.sha256(text);
  let turn: Promise<unknown> = Promise.resolve();
  let known: { readonly mark: string; readonly receipts: readonly Receipt[] } | null = null;

  const read = async (): Promise<ChainReader> => {
    const reader = new ChainReader(sha256);
    for await (const line of store.lines()) reader.receive(line);
    return reader;
  };
  /** The file is read again each time, since another console (the command line) may have written meanwhile. */
  const write = (entry: UnchainedEntry): Promise<LedgerEntry> =>
    store.alone(async () => {
      const chained = chainEntry(entry, (await read()).entries.at(-1) ?? null, sha256);
      await store.append(entryLine(chained));
      return chained;
    });
  /** What looks broken may be a line that another console is just writing: it is looked at again when nobody writes. */
  const readWhole = async (): Promise<ChainReader> => {
    const reader = await read();
    return reader.state.state === "whole" ? reader : await store.alone(read).catch(() => reader);
  };

  return {
    append: (entry) => {
      const mine = turn.then(() => write(entry));
      turn = mine.catch(() => undefined);
      return mine;
    },
    list: async () => {
      await turn;
      const reader = await readWhole();
      return { entries: reader.entries.toReversed(), chain: reader.state };
    },
    grantReceipts: async () => {
      const mark = await store.mark();
      if (known?.mark !== mark) known = { mark, receipts: confirmedGrants((await read()).entries) };
      return known.receipts;
    },
  };
}

const confirmedGrants = (entries: readonly LedgerEntry[]): readonly Receipt[] =>
  entries.flatMap(({ receipt }) =>
    receipt?.act === "grant" && receipt.outcome === "granted" ? [receipt] : [],
  );
