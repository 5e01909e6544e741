import type { ConsoleHandlers } from "#contract";
import { publishedOperations } from "../../published/operations.ts";
import type { World } from "../world.ts";
import { publishedTerms } from "./termsText.ts";

/** consent.*: what is agreed to, and a person's answer. */
export function consentHandlers(world: World): ConsoleHandlers["consent"] {
  return {
    terms: async ({ targetId }) => {
      world.registry.find(targetId);
      return publishedTerms(world.ports.chance);
    },
    operations: async () => publishedOperations,
    answer: async ({ questionId, answer }) => {
      world.questions.answer(questionId, answer);
      return null;
    },
  };
}
