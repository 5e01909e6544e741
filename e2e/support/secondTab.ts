import { expect, type Page } from "playwright/test";

/** Another page on the same console, as a second tab of the same browser is one; nothing typed comes along. */
export async function secondTab(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("only a browser has tabs");
  const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const kept = await page.evaluate(() => JSON.stringify(Object.entries(window.sessionStorage)));
  await tab.addInitScript((texts) => {
    for (const [key, text] of JSON.parse(texts) as [string, string][])
      if (!/draft|putAway/.test(key)) window.sessionStorage.setItem(key, text);
  }, kept);
  await tab.goto(new URL(page.url()).origin);
  await expect(tab.getByRole("navigation", { name: "Screens" })).toBeVisible();
  return tab;
}
