import type { Terms } from "#contract";
import { azureStackHubTerms } from "../../published/azureStackHubTerms.ts";
import type { Chance } from "../ports.ts";

/** A question as it is put: the terms, what is asked about them, and what may be answered. */
export type AskedText = {
  readonly text: string;
  readonly message: string;
  readonly choices: readonly string[];
};

/**
 * What is agreed to, as one text: the terms, the message and each choice in brackets, with an empty line between. Line
 * ends are normalised to LF and blank space at the two ends of each part is removed; nothing inside is touched.
 */
export function wholeText({ text, message, choices }: AskedText): string {
  const parts = [text, message, choices.map((choice) => `[${choice.trim()}]`).join(" ")];
  return parts
    .map((part) => part.replaceAll(/\r\n?/g, "\n").trim())
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The hash of the whole text as UTF-8; `--agree-terms-sha256` takes it. */
export const termsSha256 = (asked: AskedText, chance: Chance): string => chance.sha256(wholeText(asked));

/** True when two questions have the same words in the same order; white space is no word. */
export function sameWords(one: AskedText, other: AskedText): boolean {
  return words(wholeText(one)) === words(wholeText(other));
}

/**
 * The terms Azure Stack Hub publishes, with the question and choices that its product family prints under them
 * (Az.StackHCI; for Azure Stack Hub itself assumed).
 */
export const publishedQuestion = {
  ...azureStackHubTerms,
  message: "Proceed with enabling remote support?",
  choices: ["Yes", "No"],
} as const;

/** The published question with its hash. */
export function publishedTerms(chance: Chance): Terms {
  return {
    ...publishedQuestion,
    choices: [...publishedQuestion.choices],
    sha256: termsSha256(publishedQuestion, chance),
  };
}

const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
