import type { Terms } from "#contract";
import { azureStackHubTerms } from "../../published/azureStackHubTerms.ts";
import type { Chance } from "../ports.ts";

/**
 * What is hashed when terms are hashed, whoever sent them: the text with its line ends normalised to LF and blank space
 * at its two ends removed, as UTF-8. Nothing inside is touched. `--agree-terms-sha256` takes this hash.
 */
export function termsSha256(text: string, chance: Chance): string {
  return chance.sha256(text.replaceAll(/\r\n?/g, "\n").trim());
}

/** True when two texts have the same words in the same order; white space is no word. */
export function sameWords(one: string, other: string): boolean {
  return words(one) === words(other);
}

/** The terms Azure Stack Hub publishes. */
export function publishedTerms(chance: Chance): Terms {
  return { ...azureStackHubTerms, sha256: termsSha256(azureStackHubTerms.text, chance) };
}

const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
