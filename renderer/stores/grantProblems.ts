import { grantRequestShape } from "#contract";
import type { WizardState, WizardStep } from "./grantWizard.ts";
import { parseMinutes } from "./parseMinutes.ts";

export type ProblemField = "minutes" | "operator" | "reason" | "caseNumber" | "terms";
export type Problems = Readonly<Partial<Record<ProblemField, string>>>;

/** What keeps a step from being left, in words, by field. */
export function problemsOf(state: WizardState, step: WizardStep): Problems {
  switch (step) {
    case "duration": {
      const parsed = parseMinutes(state.draft.minutes);
      return parsed.kind === "refused" ? { minutes: parsed.sentence } : {};
    }
    case "why":
      return whyProblems(state);
    case "terms":
      return state.termsSha256 !== null && state.ticked.includes(state.termsSha256)
        ? {}
        : { terms: "Read the terms to their end and tick that you agree, or leave the wizard." };
    case "target":
    case "level":
    case "review":
    case "opening":
      return {};
    default:
      return step satisfies never;
  }
}

function whyProblems({ draft }: WizardState): Problems {
  const fields = grantRequestShape.shape;
  return {
    ...(fields.operator.safeParse(draft.operator).success
      ? {}
      : { operator: lengthProblem(draft.operator, "Type your name as the receipt shall record it", 120) }),
    ...(fields.reason.safeParse(draft.reason).success
      ? {}
      : { reason: lengthProblem(draft.reason, "Type why the door is opened", 2_000) }),
    ...(fields.caseNumber.safeParse(draft.caseNumber).success
      ? {}
      : {
          caseNumber:
            "At most 40 letters, digits, spaces and . _ # / - fit a case number. It may stay empty.",
        }),
  };
}

function lengthProblem(text: string, missing: string, most: number): string {
  const length = text.trim().length;
  return length === 0 ? `${missing}.` : `${length} characters are too many: at most ${most} are kept.`;
}
