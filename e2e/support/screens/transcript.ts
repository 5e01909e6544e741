import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright/test";

/** One session's transcript. */
export class TranscriptScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the sessions: the transcript of the row at that place, counted from 0. */
  async open(place: number): Promise<void> {
    const read = this.page.getByRole("button", { name: /^Read the transcript of session/ });
    await read.nth(place).click();
    await this.text.getByText("Windows PowerShell transcript start").waitFor();
  }

  get text(): Locator {
    return this.page.getByRole("region", { name: "Transcript text" });
  }

  /** True while the end of a text that is longer than its pane is on the screen. */
  isFollowed(): Promise<boolean> {
    return this.text.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) =>
        scrollHeight > clientHeight && scrollHeight - scrollTop - clientHeight < 2,
    );
  }

  get find(): Locator {
    return this.page.getByLabel("Find in the text");
  }

  /** How much room a line has, by the size of its letters. */
  lineShare(): Promise<number> {
    return this.text
      .locator("[data-line]")
      .first()
      .evaluate(
        (line) => line.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(line).fontSize),
      );
  }

  /** The SHA-256 that the facts name. */
  async sha256(): Promise<string> {
    const facts = this.page.getByRole("region", { name: "Facts" });
    if (!(await facts.isVisible())) await this.page.getByRole("button", { name: "Facts" }).click();
    const found = /[0-9a-f]{64}/.exec(await facts.innerText());
    return found?.[0] ?? "";
  }

  /** Saves the text as a file; the SHA-256 of that file. */
  async savedSha256(): Promise<string> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Save as text" }).click();
    const file = await (await coming).path();
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  }
}
