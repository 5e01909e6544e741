import { ledgerEntryShape, type LedgerEntry } from "#contract";
import { canonicalJson } from "./canonicalJson.ts";

/** What stands where the first entry would name the hash of the entry before. */
export const genesisHash = "0".repeat(64);

export type UnchainedEntry = Omit<LedgerEntry, "sequence" | "previousHash" | "hash">;
export type Sha256 = (text: string) => string;

export type ChainState =
  | { readonly state: "whole"; readonly entries: number }
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

/** Reads lines one after the other; keeps every entry that can be read, and names the first line that breaks the chain. */
export class ChainReader {
  readonly entries: LedgerEntry[] = [];
  readonly #sha256: Sha256;
  #line = 0;
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

  get state(): ChainState {
    return this.#broken === null
      ? { state: "whole", entries: this.entries.length }
      : { state: "broken", ...this.#broken };
  }

  /** The byte-for-byte comparison finds changes that leave the value as it was, such as an added space. */
  #objection(line: string, entry: LedgerEntry): string | null {
    const { hash, ...open } = entry;
    const previous = this.entries.at(-1);
    if (this.#sha256(canonicalJson(open)) !== hash) return "its hash does not fit its content";
    if (line !== entryLine(entry)) return "it was rewritten: its content fits, its spelling does not";
    if (entry.previousHash !== (previous?.hash ?? genesisHash)) return "it does not follow the entry before";
    if (entry.sequence !== (previous?.sequence ?? 0) + 1)
      return "its number does not follow the entry before";
    return null;
  }
}

function readEntry(line: string): LedgerEntry | null {
  try {
    return ledgerEntryShape.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null; // JSON.parse has one way to fail: the line is torn or was never ours
  }
}
