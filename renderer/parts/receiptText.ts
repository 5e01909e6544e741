import type { Receipt } from "#contract";
import { utcWords, withTimeWords } from "../ui/timeWords.ts";
import { levelWords } from "./doorWords.ts";
import { readingWords } from "./readWords.ts";

const outcomes: Readonly<Record<Receipt["outcome"], string>> = {
  granted: "Confirmed open",
  declined: "Declined",
  notGranted: "Not granted",
  notKnown: "Not known",
  closed: "Confirmed closed",
  notConfirmed: "Not confirmed",
};

const answers: Readonly<Record<Receipt["answer"], string>> = {
  yes: "Yes",
  no: "No",
  stopped: "not answered: the command was stopped",
  notAsked: "no question was put",
};

export function outcomeWord(outcome: Receipt["outcome"]): string {
  return outcomes[outcome];
}

/** A receipt's lines, label and words, in reading order; what does not apply is left out. */
export function receiptLines(receipt: Receipt): readonly (readonly [string, string])[] {
  const lines: readonly (readonly [string, string | null])[] = [
    ["Act", receipt.act === "grant" ? "Grant" : "Revoke"],
    ["Outcome", outcomes[receipt.outcome]],
    ["State after", withTimeWords(receipt.stateAfter)],
    ["Target", `${receipt.targetName}${receipt.practice ? " (PRACTICE)" : ""}`],
    ["Endpoint", receipt.endpoint ?? "none took the command"],
    ["Operator", receipt.operator],
    ["Account", receipt.account],
    ["Reason", receipt.reason === "" ? null : receipt.reason],
    ["Case", receipt.caseNumber === "" ? null : receipt.caseNumber],
    ["Level", receipt.level === null ? null : levelWords(receipt.level)],
    ["Minutes", receipt.minutes === null ? null : String(receipt.minutes)],
    ["Command", receipt.command],
    ["Answer", receipt.act === "grant" ? answers[receipt.answer] : null],
    ["Terms SHA-256", receipt.termsSha256],
    ["Started", utcWords(Date.parse(receipt.startedAt))],
    ["Finished", utcWords(Date.parse(receipt.finishedAt))],
    ["Receipt", receipt.id],
  ];
  return lines.flatMap(([label, words]) => (words === null ? [] : [[label, words] as const]));
}

/** The whole receipt as text: lines, facts, and the terms as they were shown. */
export function receiptText(receipt: Receipt): string {
  const head = receiptLines(receipt).map(([label, words]) => `${label.padEnd(14)} ${words}`);
  const facts = receipt.facts.map((fact) => `${fact.at}  ${fact.endpoint ?? "-"}  ${fact.text}`);
  const sent = (receipt.sent ?? []).map(({ at, endpoint, line }) => `${at}  ${endpoint}  ${line}`);
  const readings = (receipt.readings ?? []).map((reading) => `${reading.endpoint}  ${readingWords(reading)}`);
  const terms = receipt.termsText === null ? [] : ["", "Terms as shown", receipt.termsText];
  return [
    ...head,
    ...under("Sent, in order", sent),
    ...under("What each endpoint showed", readings),
    "",
    "Facts",
    ...facts,
    ...terms,
    "",
  ].join("\n");
}

/** A part that is left out where there is nothing of it: receipts of earlier builds have less. */
function under(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}
