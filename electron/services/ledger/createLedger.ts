import type { LedgerEntry, Receipt } from "#contract";
import type { Chance, LedgerStore } from "../ports.ts";
import { untilAborted } from "../untilAborted.ts";
import {
  ChainReader,
  chainEntry,
  entryLine,
  soundEntry,
  type ChainState,
  type UnchainedEntry,
} from "./chain.ts";

export type LedgerListing = {
  readonly entries: readonly LedgerEntry[];
  /** Sequence numbers of intents without an outcome whose act nobody here is at work on. */
  readonly withoutOutcome: readonly number[];
  readonly chain: ChainState;
};

/** The append-only record of every act. */
export type Ledger = {
  /**
   * Resolves when the entry is on disk; entries are written one after the other. Rejects with the signal's reason when it
   * is aborted while others are waited for: then nothing of it is written.
   */
  append(entry: UnchainedEntry, signal?: AbortSignal): Promise<LedgerEntry>;
  /** Newest first. */
  list(): Promise<LedgerListing>;
  /** Every receipt without its facts and terms, oldest first; read again only when lines were added. */
  briefReceipts(): Promise<readonly Receipt[]>;
};

/** The ledger over a store of lines. No line of the file is ever repaired: what breaks the chain stays and is reported. */
export function createLedger(store: LedgerStore, chance: Chance): Ledger {
  const sha256 = (text: string): string => chance.sha256(text);
  let turn: Promise<unknown> = Promise.resolve();
  /** Acts of this process; an act leaves with its outcome, which the chain then has (or the file is full). */
  const underWay = new Set<string>();
  let known: { readonly mark: string; readonly receipts: readonly Receipt[] } | null = null;
  let tail: { readonly mark: string; readonly entry: LedgerEntry } | null = null;

  const read = async (): Promise<ChainReader> => {
    const reader = new ChainReader(sha256);
    for await (const line of store.lines(() => reader.tornEnd())) reader.receive(line);
    return reader;
  };
  /** However many there are, the last line says where the chain goes on; all are read only where it is not sound. */
  const lastEntry = async (): Promise<LedgerEntry | null> => {
    if (tail !== null && tail.mark === (await store.mark())) return tail.entry;
    const line = await store.lastLine();
    return line === null ? null : (soundEntry(line, sha256) ?? (await read()).entries.at(-1) ?? null);
  };
  const write = (entry: UnchainedEntry, signal?: AbortSignal): Promise<LedgerEntry> =>
    store.alone(async () => {
      const chained = chainEntry(entry, await lastEntry(), sha256);
      tail = null;
      await store.append(entryLine(chained));
      // The entry is on disk: where the file cannot be looked at, the next one looks for itself.
      tail = await store.mark().then(
        (mark) => ({ mark, entry: chained }),
        () => null,
      );
      return chained;
    }, signal);
  /** What looks broken may be a line that another console is just writing: it is looked at again when nobody writes. */
  const readWhole = async (): Promise<ChainReader> => {
    const reader = await read();
    return reader.state.state === "whole" ? reader : await store.alone(read).catch(() => reader);
  };

  return {
    append: (entry, signal) => {
      if (entry.phase === "intent") underWay.add(entry.receiptId);
      const before = turn;
      const myTurn = signal === undefined ? before : untilAborted(before, signal);
      const mine = myTurn.then(() => write(entry, signal));
      turn = mine.catch(() => before);
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
