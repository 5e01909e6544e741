import type { LedgerEntry, Receipt } from "#contract";
import type { Chance, LedgerStore } from "../ports.ts";
import { ChainReader, chainEntry, entryLine, type ChainState, type UnchainedEntry } from "./chain.ts";

export type LedgerListing = {
  readonly entries: readonly LedgerEntry[];
  /** Sequence numbers of intents without an outcome whose act nobody here is at work on. */
  readonly withoutOutcome: readonly number[];
  readonly chain: ChainState;
};

/** The append-only record of every act. */
export type Ledger = {
  /** Resolves when the entry is on disk; entries are written one after the other. */
  append(entry: UnchainedEntry): Promise<LedgerEntry>;
  /** Newest first. */
  list(): Promise<LedgerListing>;
  /** Every receipt without its facts and terms, oldest first; read again only when lines were added. */
  briefReceipts(): Promise<readonly Receipt[]>;
};

/** The ledger over a store of lines. Nothing in the file is ever repaired: a torn line stays and is reported. */
export function createLedger(store: LedgerStore, chance: Chance): Ledger {
  const sha256 = (text: string): string => chance.sha256(text);
  let turn: Promise<unknown> = Promise.resolve();
  /** Acts of this process; an act leaves with its outcome, which the chain then has (or the file is full). */
  const underWay = new Set<string>();
  let known: { readonly mark: string; readonly receipts: readonly Receipt[] } | null = null;
  let tail: { readonly mark: string; readonly entry: LedgerEntry } | null = null;

  const read = async (): Promise<ChainReader> => {
    const reader = new ChainReader(sha256);
    for await (const line of store.lines()) reader.receive(line);
    return reader;
  };
  /** The file is read again only when another console (the command line) has written meanwhile. */
  const lastEntry = async (): Promise<LedgerEntry | null> =>
    tail !== null && tail.mark === (await store.mark())
      ? tail.entry
      : ((await read()).entries.at(-1) ?? null);
  const write = (entry: UnchainedEntry): Promise<LedgerEntry> =>
    store.alone(async () => {
      const chained = chainEntry(entry, await lastEntry(), sha256);
      tail = null;
      await store.append(entryLine(chained));
      tail = { mark: await store.mark(), entry: chained };
      return chained;
    });
  /** What looks broken may be a line that another console is just writing: it is looked at again when nobody writes. */
  const readWhole = async (): Promise<ChainReader> => {
    const reader = await read();
    return reader.state.state === "whole" ? reader : await store.alone(read).catch(() => reader);
  };

  return {
    append: (entry) => {
      if (entry.phase === "intent") underWay.add(entry.receiptId);
      const mine = turn.then(() => write(entry));
      turn = mine.catch(() => undefined);
      return mine;
    },
    list: async () => {
      await turn;
      const reader = await readWhole();
      const entries = reader.entries.toReversed();
      return { entries, withoutOutcome: withoutOutcome(entries, underWay), chain: reader.state };
    },
    briefReceipts: async () => {
      const mark = await store.mark();
      if (known?.mark !== mark) known = { mark, receipts: briefReceiptsOf((await read()).entries) };
      return known.receipts;
    },
  };
}

/** A console that ends between intent and outcome (killed, power lost) leaves such an intent behind. */
function withoutOutcome(entries: readonly LedgerEntry[], underWay: ReadonlySet<string>): readonly number[] {
  const known = new Set(entries.flatMap((entry) => (entry.phase === "outcome" ? [entry.receiptId] : [])));
  return entries.flatMap(({ phase, receiptId, sequence }) =>
    phase === "intent" && !known.has(receiptId) && !underWay.has(receiptId) ? [sequence] : [],
  );
}

const briefReceiptsOf = (entries: readonly LedgerEntry[]): readonly Receipt[] =>
  entries.flatMap(({ receipt }) => (receipt === null ? [] : [{ ...receipt, facts: [], termsText: null }]));
