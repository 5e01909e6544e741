/** How a pipeline's own state message ends it ([MS-PSRP] 2.2.3.5). */
export type PipelineEnd = "stopped" | "completed" | "failed";

/** `broken`: the outcome is not known. */
export type PipelineState = "notStarted" | "running" | "stopping" | PipelineEnd | "broken";

export const pipelineEndNumbers: Readonly<Record<PipelineEnd, number>> = {
  stopped: 3,
  completed: 4,
  failed: 5,
};

/** Null for states that do not end a pipeline (1 Running comes from some servers). */
export function pipelineEndOf(number: number): PipelineEnd | null {
  if (number === 3) return "stopped";
  if (number === 4) return "completed";
  return number === 5 ? "failed" : null;
}

/** True when nothing more of that pipeline counts. */
export function isOver(state: PipelineState): boolean {
  return state === "stopped" || state === "completed" || state === "failed" || state === "broken";
}
