import type { ActRequest, GivenAnswer, LastKnown, LedgerEntry, Receipt } from "#contract";

/** One act as the ledger has it, put together from its entries. */
export type KnownAct = {
  readonly id: string;
  readonly act: Receipt["act"];
  readonly targetId: string;
  readonly targetName: string;
  readonly operator: string;
  /** When it was about to be asked. */
  readonly startedAt: string;
  /** When its newest entry was written. */
  readonly lastAt: string;
  /** Who began it, so that another process knows whether it is still at work. Null in entries of earlier builds. */
  readonly process: string | null;
  /** Null in entries of earlier builds. */
  readonly request: ActRequest | null;
  readonly answer: GivenAnswer | null;
  /** The newest receipt, without its facts and terms; null while nobody knows what became of it. */
  readonly receipt: Receipt | null;
};

/** The acts of a ledger, oldest first; entries are taken in the order of the file. */
export class KnownActs {
  readonly #acts = new Map<string, KnownAct>();

  take(entry: LedgerEntry): void {
    const before = this.#acts.get(entry.receiptId);
    const { act, targetId, targetName, operator, at, receipt } = entry;
    this.#acts.set(entry.receiptId, {
      id: entry.receiptId,
      act,
      targetId,
      targetName,
      operator,
      startedAt: before?.startedAt ?? at,
      lastAt: at,
      process: entry.process ?? before?.process ?? null,
      request: entry.request ?? before?.request ?? null,
      answer: entry.answer ?? before?.answer ?? null,
      receipt: receipt === null ? (before?.receipt ?? null) : { ...receipt, facts: [], termsText: null },
    });
  }

  all(): readonly KnownAct[] {
    return [...this.#acts.values()];
  }

  of(targetId: string): readonly KnownAct[] {
    return this.all().filter((act) => act.targetId === targetId);
  }
}

/** The endpoint that an act went to, as far as the ledger knows. */
export const endpointOfAct = ({ answer, receipt }: KnownAct): string | null =>
  receipt?.endpoint ?? answer?.endpoint ?? null;

/** Whether, by its newest entry, a grant stands or may stand. */
const mayStand = ({ act, answer, receipt }: KnownAct): boolean => {
  if (act !== "grant") return false;
  if (receipt === null) return answer?.answer !== "no";
  return receipt.outcome === "granted" || receipt.outcome === "notKnown";
};

/** The grant acts of a target since it was last read as closed. */
function sinceClosed(acts: readonly KnownAct[]): readonly KnownAct[] {
  const closed = acts.findLastIndex(({ receipt }) => receipt?.outcome === "closed");
  return acts.slice(closed + 1).filter(mayStand);
}

/** The endpoints at which, by the ledger, a grant was opened that was not read as closed since. */
export function holdersBy(acts: readonly KnownAct[]): readonly string[] {
  return [...new Set(sinceClosed(acts).flatMap((act) => endpointOfAct(act) ?? []))];
}

/** The door as the ledger knows it, where it was opened here and was not read as closed since. */
export function lastKnownBy(acts: readonly KnownAct[]): LastKnown | null {
  const act = sinceClosed(acts).at(-1);
  if (act === undefined) return null;
  const { receipt } = act;
  return {
    operator: act.operator,
    at: receipt?.finishedAt ?? act.startedAt,
    until: receipt?.grant?.expiresAt ?? null,
    certain: receipt?.outcome === "granted",
  };
}
