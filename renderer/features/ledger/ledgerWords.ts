import type { LedgerEntry } from "#contract";
import { outcomeWord } from "../../parts/receiptText.ts";
import { capital } from "../../ui/capital.ts";
import { withTimeWords } from "../../ui/timeWords.ts";
import type { LedgerRow } from "./ledgerRows.ts";

/** What an act was asked for with: on its receipt, or before there is one on its intent. */
export function askedOf({ receipt, request }: LedgerEntry): Asked {
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
