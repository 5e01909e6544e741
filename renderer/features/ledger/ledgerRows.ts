import type { LedgerEntry } from "#contract";
import { outcomeWord } from "../../parts/receiptText.ts";
import { capital } from "../../ui/capital.ts";
import { csv, tabbed } from "../../ui/csv.ts";
import { withTimeWords } from "../../ui/timeWords.ts";

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

/** What an act was asked for with: on its receipt, or before there is one on its intent. */
function askedOf({ receipt, request }: LedgerEntry): Asked {
  return receipt ?? request ?? { reason: "", caseNumber: "", account: "" };
}

type Asked = { readonly reason: string; readonly caseNumber: string; readonly account: string };

/** What an entry is of its act: `intent`, `answered Yes`, `outcome`, `later reading`. */
export function phaseWords({ phase, answer }: Pick<LedgerEntry, "phase" | "answer">): string {
  switch (phase) {
    case "intent":
    case "outcome":
      return phase;
    case "answer":
      return answer === undefined ? "answered" : `answered ${answer.answer === "yes" ? "Yes" : "No"}`;
    case "resolved":
      return "later reading";
    default:
      return phase satisfies never;
  }
}

/** By whom an answer was given: at the screen, or by the terms that were agreed to beforehand. */
function answeredWords({ answer }: LedgerEntry): string {
  if (answer === undefined) return "";
  const by = answer.by === "person" ? "by a person" : "by terms that were agreed to beforehand";
  return `${by}, to the question of ${answer.endpoint}`;
}

/** What came of it: the word of the outcome, and what it rests on. */
export function resultWords(row: LedgerRow): readonly [string, string] {
  if (row.end === "notKnown") return ["No outcome recorded", ""];
  if (row.end === "underWay") return ["Under way", ""];
  if (row.phase === "answer") return [capital(phaseWords(row)), answeredWords(row)];
  if (row.receipt === null) return ["", withTimeWords(row.result)];
  return [outcomeWord(row.receipt.outcome), withTimeWords(row.receipt.stateAfter)];
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
