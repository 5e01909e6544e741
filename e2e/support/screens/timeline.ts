import type { Locator, Page } from "playwright/test";

/** What happened on a target, on its card of the overview. */
export class TimelineOfTarget {
  readonly section: Locator;

  constructor(page: Page, target: string) {
    this.section = page.getByRole("region", { name: `History of ${target}` });
  }

  async reachBack(words: "24 h" | "7 d" | "90 d"): Promise<void> {
    await this.section.getByText(words, { exact: true }).click();
  }

  get items(): Locator {
    return this.section.getByRole("group", { name: /^Timeline of/ }).getByRole("link");
  }

  /** In the order of the beginnings, across the lanes, counted from 0. */
  item(place: number): Locator {
    return this.section.locator(`[data-item="${place}"]`);
  }

  get sessions(): Locator {
    return this.section.getByRole("link", { name: /^Session,/ });
  }

  async tableRows(): Promise<Locator> {
    await this.section.getByText("The same as a table").click();
    return this.section.getByRole("table").getByRole("row");
  }
}
