import type { Failure, GrantProgress, Receipt, UnderWay } from "#contract";

/** An opening as the console tells of it, whoever began it. */
export type FoundOpening = NonNullable<UnderWay["opening"]>;

/** The command of a grant, from the moment it is asked for to what came of it. */
export type Opening =
  | { readonly phase: "none" }
  | {
      readonly phase: "running";
      readonly progress: GrantProgress | null;
      /** What was asked for, where this page did not begin it; null where the wizard has it and its stream follows it. */
      readonly request: FoundOpening["request"] | null;
      readonly answering: "yes" | "no" | null;
      readonly stopping: boolean;
      /** An answer or a stop that did not reach the endpoint. */
      readonly failure: Failure | null;
    }
  | { readonly phase: "ended"; readonly progress: GrantProgress; readonly receipt: Receipt }
  | { readonly phase: "lost"; readonly progress: GrantProgress | null; readonly failure: Failure };

export type OpeningEvent =
  | { readonly type: "progressed"; readonly progress: GrantProgress }
  | { readonly type: "answering"; readonly answer: "yes" | "no" }
  | { readonly type: "stopping" }
  | { readonly type: "notSent"; readonly failure: Failure }
  | { readonly type: "lost"; readonly failure: Failure }
  | { readonly type: "settled"; readonly receipt: Receipt };

export type RunningOpening = Extract<Opening, { phase: "running" }>;

export const startedOpening = (request: FoundOpening["request"] | null): RunningOpening => ({
  phase: "running",
  progress: null,
  request,
  answering: null,
  stopping: false,
  failure: null,
});

/** Whether an opening that is told of is another one than the wizard shows, or one it had lost. */
export function isFresh(opening: Opening, { progress }: FoundOpening): boolean {
  if (opening.phase === "none") return true;
  const shown = opening.progress?.startedAt ?? null;
  if (opening.phase === "lost") return shown === null || !isBefore(progress.startedAt, shown);
  return shown !== null && isBefore(shown, progress.startedAt);
}

/** An event that makes no sense in a phase changes nothing. */
export function progressOpening(opening: Opening, event: OpeningEvent): Opening {
  if (event.type === "settled" && opening.phase !== "none" && opening.progress !== null)
    return { phase: "ended", progress: opening.progress, receipt: event.receipt };
  if (event.type === "lost" && opening.phase === "lost") return { ...opening, failure: event.failure };
  if (opening.phase !== "running") return opening;
  switch (event.type) {
    case "progressed":
      return progressed(opening, event.progress);
    case "answering":
      return { ...opening, answering: event.answer, failure: null };
    case "stopping":
      return { ...opening, stopping: true, failure: null };
    case "notSent":
      return { ...opening, answering: null, stopping: false, failure: event.failure };
    case "lost":
      return { phase: "lost", progress: opening.progress, failure: event.failure };
    case "settled":
      return opening;
    default:
      return event satisfies never;
  }
}

/** A progress comes by two ways, each in its own time: the one with fewer facts is the older one. */
function progressed(opening: RunningOpening, next: GrantProgress): Opening {
  const { progress: shown } = opening;
  if (shown !== null && next.facts.length < shown.facts.length) return opening;
  if (next.outcome !== null) return { phase: "ended", progress: next, receipt: next.outcome.receipt };
  const isOtherQuestion =
    next.question !== null &&
    shown?.question != null &&
    next.question.questionId !== shown.question.questionId;
  return { ...opening, progress: next, answering: isOtherQuestion ? null : opening.answering };
}

const isBefore = (one: string, other: string): boolean => Date.parse(one) < Date.parse(other);
