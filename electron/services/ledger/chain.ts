import { ledgerEntryShape, type LedgerEntry } from "#contract";
import { canonicalJson } from "./canonicalJson.ts";

/** What stands where the first entry would name the hash of the entry before. */
export const genesisHash = "0".repeat(64);

export type UnchainedEntry = Omit<LedgerEntry, "sequence" | "previousHash" | "hash">;
export type Sha256 = (text: string) => string;

export type ChainState =
  | { readonly state: "whole"; readonly entries: number }
  /** All entries are whole, and behind them stands what a crash or a full disk left of one more. */
  | { readonly state: "torn"; readonly entries: number }
  | { readonly state: "broken"; readonly atLine: number; readonly because: string };

/** The next entry: its hash covers all its other fields, and through `previousHash` all entries before. */
export function chainEntry(
  entry: UnchainedEntry,
  previous: Pick<LedgerEntry, "sequence" | "hash"> | null,
  sha256: Sha256,
): LedgerEntry {
  const open = {
    ...entry,
    sequence: (previous?.sequence ?? 0) + 1,
    previousHash: previous?.hash ?? genesisHash,
  };
  return { ...open, hash: sha256(canonicalJson(open)) };
}

/** An entry as its line in the file. */
export const entryLine = (entry: LedgerEntry): string => canonicalJson(entry);

/** The entry of a line that is sound by itself: its hash fits, and so does its spelling. Else null. */
export function soundEntry(line: string, sha256: Sha256): LedgerEntry | null {
  const entry = readEntry(line);
  return entry !== null && objectionTo(line, entry, sha256) === null ? entry : null;
}

/** Reads lines one after the other; keeps every entry that can be read, and names the first line that breaks the chain. */
export class ChainReader {
  readonly entries: LedgerEntry[] = [];
  readonly #sha256: Sha256;
  #line = 0;
  #torn = false;
  #broken: { readonly atLine: number; readonly because: string } | null = null;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  receive(line: string): void {
    this.#line += 1;
    const entry = readEntry(line);
    const because = entry === null ? "it cannot be read" : this.#objection(line, entry);
    if (because !== null) this.#broken ??= { atLine: this.#line, because };
    if (entry !== null) this.entries.push(entry);
  }

  /** There is an end that is no line. */
  tornEnd(): void {
    this.#torn = true;
  }

  get state(): ChainState {
    if (this.#broken !== null) return { state: "broken", ...this.#broken };
    return { state: this.#torn ? "torn" : "whole", entries: this.entries.length };
  }

  #objection(line: string, entry: LedgerEntry): string | null {
    const previous = this.entries.at(-1);
    const own = objectionTo(line, entry, this.#sha256);
    if (own !== null) return own;
    if (entry.previousHash !== (previous?.hash ?? genesisHash)) return "it does not follow the entry before";
    if (entry.sequence !== (previous?.sequence ?? 0) + 1)
      return "its number does not follow the entry before";
    return null;
  }
}

/** The byte-for-byte comparison finds changes that leave the value as it was, such as an added space. */
function objectionTo(line: string, entry: LedgerEntry, sha256: Sha256): string | null {
  const { hash, ...open } = entry;
  if (sha256(canonicalJson(open)) !== hash) return "its hash does not fit its content";
  if (line !== entryLine(entry)) return "it was rewritten: its content fits, its spelling does not";
  return null;
}

function readEntry(line: string): LedgerEntry | null {
  try {
    return ledgerEntryShape.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null; // JSON.parse has one way to fail: the line is torn or was never ours
  }
}
