import type { RunningOpening } from "../../stores/opening.ts";

/** Whether the answer is out: no stop takes it back. */
export function isAnswered({ progress }: RunningOpening): boolean {
  return progress?.stage === "answered" || progress?.stage === "reading" || progress?.stage === "over";
}

/** What an opening waits for, in one sentence. */
export function stageWords(opening: RunningOpening): string {
  const { progress, answering, stopping } = opening;
  if (isAnswered(opening)) return `${answerWords(opening)} ${readingWords(opening)}`;
  if (stopping) return "Stopping the command, then reading the door again…";
  if (progress?.question != null && answering === null) return "The endpoint waits for your answer.";
  if (answering !== null) return `Sending your ${answering === "yes" ? "Yes" : "No"}…`;
  return progress?.stage === "question"
    ? "The question is gone. Reading what became of the command…"
    : "Waiting for the endpoint's question…";
}

function answerWords({ answering }: RunningOpening): string {
  if (answering === "yes") return "You agreed: the Yes is out, and no stop takes it back.";
  if (answering === "no") return "You said No.";
  return "The command is answered or over, not by this page.";
}

function readingWords({ stopping, progress }: RunningOpening): string {
  if (stopping) return "Not waiting for the command any more; reading the door again…";
  return progress?.stage === "answered"
    ? "Waiting for the endpoint, then reading the door again…"
    : "Reading the door again…";
}
