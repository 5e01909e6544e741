import { expect, type Page } from "playwright/test";

/** Revoke in the top bar with the keyboard: Enter, then Enter again. */
export async function askToRevoke(page: Page, target: string): Promise<void> {
  const button = page.getByRole("banner").getByRole("button", { name: `Revoke access to ${target}` });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
}

/** The same, and waits for the proof. */
export async function revokeByKeyboard(page: Page, target: string): Promise<void> {
  await askToRevoke(page, target);
  await expect(page.getByRole("heading", { name: /Confirmed closed in/ })).toBeVisible();
}

/** The same by holding the pointer down for a second. */
export async function revokeByHolding(page: Page, target: string): Promise<void> {
  const button = page.getByRole("banner").getByRole("button", { name: `Revoke access to ${target}` });
  await button.hover();
  await page.mouse.down();
  const head = page.getByRole("heading", { name: /Confirmed closed in/ });
  await expect(head).toBeVisible();
  await page.mouse.up();
}
