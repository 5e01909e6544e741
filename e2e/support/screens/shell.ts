import type { Page } from "playwright/test";

export type Screen = "Overview" | "Grant access" | "Sessions" | "Ledger" | "Targets" | "Settings";

/** The rail: goes to a screen by its link. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: screen }).click();
}

/** First start: opens the practice stamp and waits until its door is known. */
export async function openPractice(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the practice stamp" }).click();
  await page.getByRole("main").getByText("No grant is active. The vendor cannot come in.").waitFor();
}

/** Every action by its name; the entry has the focus. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
}
