import type { Fact } from "#contract";
import type { RunningOpening } from "../../stores/opening.ts";

/** Whether a stop leaves no answer any more: it is out, or the command is over. */
export function isPastQuestion({ progress }: RunningOpening): boolean {
  return progress?.stage === "answered" || progress?.stage === "reading" || progress?.stage === "over";
}

/** What an opening waits for, in one sentence. */
export function stageWords(opening: RunningOpening): string {
  const { progress, answering, stopping } = opening;
  if (isPastQuestion(opening)) return `${answerWords(opening)} ${readingWords(opening)}`;
  if (stopping) return "Stopping the command, then reading the door again…";
  if (progress?.question != null && answering === null) return "The endpoint waits for your answer.";
  if (answering !== null) return `Sending your ${answering === "yes" ? "Yes" : "No"}…`;
  return progress?.stage === "question"
    ? "The question is gone. Reading what became of the command…"
    : "Waiting for the endpoint's question…";
}

function answerWords({ answering, progress }: RunningOpening): string {
  const has = (kind: Fact["kind"]): boolean => progress?.facts.some((fact) => fact.kind === kind) === true;
  if (!has("answered"))
    return has("question")
      ? "The question is gone without an answer: the command broke off or was stopped."
      : "The command is over; no question was put.";
  if (answering === "yes") return "You agreed: the Yes is out, and no stop takes it back.";
  if (answering === "no") return "You said No.";
  return "The question was answered on another page; no stop takes that back.";
}

function readingWords({ stopping, progress }: RunningOpening): string {
  if (stopping) return "Not waiting for the command any more; reading the door again…";
  return progress?.stage === "answered"
    ? "Waiting for the endpoint, then reading the door again…"
    : "Reading the door again…";
}
