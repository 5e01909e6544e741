import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { NotUnderstood } from "../../services/ports.ts";
import { cut, type HowPrinted, longestText, printedText } from "./printedText.ts";

/** Texts of one answer that are kept. */
export const mostTexts = 200;

/** What of an answer is left that nobody understood, as printed: so many texts, and a word about the rest. */
export class LeftTexts {
  readonly #how: HowPrinted;
  readonly #texts: string[] = [];
  #count = 0;

  constructor(how: HowPrinted) {
    this.#how = how;
  }

  get count(): number {
    return this.#count;
  }

  get texts(): NotUnderstood {
    const more = this.#count - this.#texts.length;
    return more === 0
      ? this.#texts
      : [...this.#texts, `(${more} more that were not understood; they are not kept)`];
  }

  line(text: string): void {
    this.#keep(() => cut(text, longestText));
  }

  value(value: ClixmlValue): void {
    this.#keep(() => printedText(value, this.#how));
  }

  #keep(text: () => string): void {
    this.#count += 1;
    if (this.#texts.length < mostTexts) this.#texts.push(text());
  }
}
