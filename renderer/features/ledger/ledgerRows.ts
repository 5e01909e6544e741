import type { LedgerEntry } from "#contract";
import { csv, tabbed } from "../../ui/csv.ts";
import { askedOf, phaseWords, resultWords } from "./ledgerWords.ts";

/** An entry, and how it stands among the others. */
export type LedgerRow = LedgerEntry & {
  /** An intent: its act goes on, or nobody knows what came of it, because a console ended in its middle. */
  readonly end: "known" | "underWay" | "notKnown";
  readonly isPractice: boolean;
};

/** `withoutOutcome`: numbers of the intents that will never have an outcome of their own. */
export function ledgerRows(
  entries: readonly LedgerEntry[],
  withoutOutcome: readonly number[],
): readonly LedgerRow[] {
  const ends = entries.filter(({ phase }) => phase === "outcome" || phase === "resolved");
  const ended = new Set(ends.map(({ receiptId }) => receiptId));
  const lost = new Set(withoutOutcome);
  // Only a receipt says it; what it says holds for every entry of its target.
  const practice = new Set(
    entries.flatMap(({ targetId, receipt }) => (receipt?.practice === true ? [targetId] : [])),
  );
  const endOf = ({ sequence, phase, receiptId }: LedgerEntry): LedgerRow["end"] => {
    if (lost.has(sequence)) return "notKnown";
    return phase !== "intent" || ended.has(receiptId) ? "known" : "underWay";
  };
  return entries.map((entry) => ({
    ...entry,
    end: endOf(entry),
    isPractice: practice.has(entry.targetId),
  }));
}

export type LedgerFilter = { readonly text: string; readonly act: LedgerEntry["act"] | "all" };

/** The rows that fit: the act, and the words anywhere in the entry or its receipt. */
export function filterLedger(rows: readonly LedgerRow[], filter: LedgerFilter): readonly LedgerRow[] {
  const wanted = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (filter.act === "all" || row.act === filter.act) &&
      (wanted === "" || entryWords(row).toLowerCase().includes(wanted)),
  );
}

function entryWords(row: LedgerRow): string {
  const { reason, caseNumber, account } = askedOf(row);
  const asked = `${reason} ${caseNumber} ${account}`;
  return `${row.sequence} ${row.act} ${phaseWords(row)} ${row.operator} ${row.targetName} ${row.command} ${resultWords(row).join(" ")} ${asked}`;
}

const head = [
  "number",
  "at (UTC)",
  "act",
  "phase",
  "target",
  "operator",
  "outcome",
  "result",
  "case",
  "reason",
  "command",
  "receipt",
  "hash",
];

function cells(row: LedgerRow): readonly string[] {
  return [
    String(row.sequence),
    row.at,
    row.act,
    phaseWords(row),
    row.targetName,
    row.operator,
    ...resultWords(row),
    askedOf(row).caseNumber,
    askedOf(row).reason,
    row.command ?? "",
    row.receiptId,
    row.hash,
  ];
}

/** The rows as they are shown, for a spreadsheet. Times are UTC. */
export function ledgerCsv(rows: readonly LedgerRow[]): string {
  return csv(head, rows.map(cells));
}

/** The same for the clipboard. */
export function ledgerText(rows: readonly LedgerRow[]): string {
  return tabbed(head, rows.map(cells));
}

/** The entries as they stand in the chain, without what this screen adds: their hashes can be computed again. */
export function entriesJson(rows: readonly LedgerRow[]): string {
  return `${JSON.stringify(
    rows.map(({ end: _end, isPractice: _practice, ...entry }) => entry),
    null,
    2,
  )}\n`;
}
