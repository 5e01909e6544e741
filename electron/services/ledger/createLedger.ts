import type { LedgerEntry } from "#contract";
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
import { KnownActs, type KnownAct } from "./knownActs.ts";

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
  /** Every act, oldest first; the file is read again only when another process has written. */
  acts(): Promise<readonly KnownAct[]>;
  /** Those of one target. */
  actsOn(targetId: string): Promise<readonly KnownAct[]>;
  /** True while this process, or another that still runs, is at work on the act. */
  isAtWork(act: KnownAct): boolean;
  /** Resolves when all that was appended so far is on disk, or was given up. */
  settled(): Promise<void>;
};

/** The ledger over a store of lines. No line of the file is ever repaired: what breaks the chain stays and is reported. */
export function createLedger(store: LedgerStore, chance: Chance): Ledger {
  const sha256 = (text: string): string => chance.sha256(text);
  let turn: Promise<unknown> = Promise.resolve();
  /** Acts of this process; an act leaves with its outcome, whether or not the file takes it. */
  const underWay = new Set<string>();
  let known: { readonly mark: string; readonly acts: KnownActs } | null = null;
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
      // What another process wrote meanwhile is not among what is known.
      if (known !== null && known.mark !== (await store.mark())) known = null;
      tail = null;
      await store.append(entryLine(chained));
      // The entry is on disk: where the file cannot be looked at, the next one looks for itself.
      tail = await store.mark().then(
        (mark) => ({ mark, entry: chained }),
        () => null,
      );
      known?.acts.take(chained);
      known = known === null || tail === null ? null : { mark: tail.mark, acts: known.acts };
      return chained;
    }, signal);
  const readActs = async (): Promise<KnownActs> => {
    const mark = await store.mark();
    if (known?.mark === mark) return known.acts;
    const acts = new KnownActs();
    for (const entry of (await read()).entries) acts.take(entry);
    known = { mark, acts };
    return acts;
  };
  /** However many ask at once, the file is read once. */
  let reading: Promise<KnownActs> | null = null;
  const knownActs = (): Promise<KnownActs> => {
    reading ??= readActs().finally(() => {
      reading = null;
    });
    return reading;
  };
  const isAtWork = (act: KnownAct): boolean =>
    underWay.has(act.id) ||
    (act.process !== null && act.process !== store.process.own && store.process.isAtWork(act.process));
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
      const ended = (): boolean => entry.phase === "outcome" && underWay.delete(entry.receiptId);
      mine.then(ended, ended);
      turn = mine.catch(() => before);
      return mine;
    },
    list: async () => {
      await turn;
      const reader = await readWhole();
      const entries = reader.entries.toReversed();
      return { entries, withoutOutcome: withoutOutcome(reader.entries, isAtWork), chain: reader.state };
    },
    acts: async () => (await knownActs()).all(),
    actsOn: async (targetId) => (await knownActs()).of(targetId),
    isAtWork,
    settled: async () => void (await turn),
  };
}

/** A console that ends between intent and outcome (killed, power lost) leaves such an intent behind. */
function withoutOutcome(
  entries: readonly LedgerEntry[],
  isAtWork: (act: KnownAct) => boolean,
): readonly number[] {
  const acts = new KnownActs();
  for (const entry of entries) acts.take(entry);
  const open = new Set(acts.all().flatMap((act) => (act.receipt === null && !isAtWork(act) ? [act.id] : [])));
  return entries
    .filter(({ phase, receiptId }) => phase === "intent" && open.has(receiptId))
    .map(({ sequence }) => sequence)
    .toReversed();
}
