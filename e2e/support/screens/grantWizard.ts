import { expect, type Locator, type Page } from "playwright/test";

/** The wizard, step by step, as a person goes through it. */
export class GrantWizard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the overview's card of a target to the step of the level. */
  async start(target: string): Promise<void> {
    await this.page
      .getByRole("main")
      .getByRole("button", { name: `Grant access to ${target}` })
      .click();
    await this.page.getByRole("heading", { name: "What the engineer may run" }).waitFor();
  }

  async next(): Promise<void> {
    await this.page.getByRole("button", { name: "Next" }).click();
  }

  async back(): Promise<void> {
    await this.page.getByRole("button", { name: "Back" }).click();
  }

  get minutes(): Locator {
    return this.page.getByRole("textbox", { name: "Exact minutes" });
  }

  async why(facts: {
    readonly operator: string;
    readonly reason: string;
    readonly caseNumber: string;
  }): Promise<void> {
    await this.page.getByRole("textbox", { name: "Operator" }).fill(facts.operator);
    await this.page.getByRole("textbox", { name: "Reason" }).fill(facts.reason);
    await this.page.getByRole("textbox", { name: "Case number" }).fill(facts.caseNumber);
  }

  /** Reads to the end of the terms; only then can the tick be set. */
  async agreeToTerms(): Promise<void> {
    const tick = this.page.getByRole("checkbox", { name: /I have read these terms and agree/ });
    await this.page.getByRole("region", { name: "The text of the terms" }).focus();
    await this.page.keyboard.press("End");
    await expect(tick).toBeEnabled();
    await tick.check();
  }

  /** From the level to the review, with everything filled in. */
  async toReview(heading = "Open the door like this?"): Promise<void> {
    await this.next();
    await this.next();
    await this.why({
      operator: "Ann Operator",
      reason: "Disk alarm on node 3",
      caseNumber: "2611240030000123",
    });
    await this.next();
    await this.agreeToTerms();
    await this.next();
    await this.page.getByRole("heading", { name: heading }).waitFor();
  }

  async openTheDoor(): Promise<void> {
    await this.page.getByRole("button", { name: "Open the door" }).click();
  }

  /** The endpoint's own question. */
  get question(): Locator {
    return this.page.getByRole("region", { name: /^The question of / });
  }

  async answer(word: "Yes" | "No"): Promise<void> {
    await this.question.waitFor();
    await this.page
      .getByRole("button", { name: word === "Yes" ? /Yes.*open the door/ : /No.*keep it shut/ })
      .click();
  }

  async stopWithoutAnswering(): Promise<void> {
    await this.question.waitFor();
    await this.page.getByRole("button", { name: "Stop without answering" }).click();
  }

  get outcome(): Locator {
    return this.page.getByRole("region", { name: "Outcome" });
  }
}
