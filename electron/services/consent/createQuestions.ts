import { ConsoleError, type Question } from "#contract";
import type { Chance, EndpointQuestion } from "../ports.ts";
import { publishedQuestion, sameWords, termsSha256, wholeText } from "./termsText.ts";

export type Answer = "yes" | "no";

/** The questions that wait for a person. */
export type Questions = {
  /** Resolves with the person's answer; rejects with the signal's reason. Nobody else ever answers. */
  put(question: Question, signal: AbortSignal): Promise<Answer>;
  /** @throws ConsoleError notFound */
  answer(questionId: string, answer: Answer): void;
};

/** A waiting room; a question leaves it answered or aborted. */
export function createQuestions(): Questions {
  const waiting = new Map<string, (answer: Answer) => void>();
  return {
    put: async (question, signal) => {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const leave = (): void => reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      waiting.set(question.questionId, resolve);
      try {
        return await promise;
      } finally {
        waiting.delete(question.questionId);
        signal.removeEventListener("abort", leave);
      }
    },
    answer: (questionId, answer) => {
      const resolve = waiting.get(questionId);
      if (resolve === undefined)
        throw new ConsoleError(
          "notFound",
          "This question is no longer open: it was answered, or the command was stopped. Look at the grants before asking again.",
        );
      resolve(answer);
    },
  };
}

/**
 * The endpoint's question as a client sees it; its text stays as it came. Where the endpoint sent none, the product's
 * published text stands in its place and `sentNoText` says so.
 */
export function questionOf(asked: EndpointQuestion, endpoint: string, chance: Chance): Question {
  const sentNoText = asked.caption.trim() === "";
  const text = sentNoText ? publishedQuestion.text : asked.caption;
  const put = { text, message: asked.message, choices: [...asked.choices] };
  return {
    questionId: chance.uuid(),
    endpoint,
    ...put,
    sentNoText,
    whole: wholeText(put),
    sha256: termsSha256(put, chance),
    sameAsPublished: sameWords(put, publishedQuestion),
  };
}
