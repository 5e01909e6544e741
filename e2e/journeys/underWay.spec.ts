import type { Page } from "playwright/test";
import { violations } from "../support/accessibility.ts";
import { labName, labPassword, startLabStamp } from "../support/labStamp.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { askToRevoke, revokeByKeyboard } from "../support/screens/revoke.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";
import { addTarget, signIn } from "../support/screens/targets.ts";
import { expect, test } from "../support/test.ts";

const target = "Practice stamp";

async function atReview(page: Page): Promise<GrantWizard> {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  return wizard;
}

/** What the stopwatch in the strip shows (s). */
async function stopwatch(page: Page): Promise<number> {
  return Number.parseFloat(await strip(page).locator(".stopwatch").innerText());
}
const strip = (page: Page) => page.getByRole("region", { name: "Under way" });

test("a question is told on every screen and after a reload, and the way to it is one click", async ({
  console: page,
}) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.question.waitFor();
  for (const screen of ["Overview", "Ledger", "Settings"] as const) {
    await goTo(page, screen);
    await expect(strip(page)).toContainText(`${target} asks: answer now`);
  }
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(strip(page)).toContainText(`${target} asks: answer now`);
  await page.getByRole("button", { name: `To the question of ${target}` }).click();
  await expect(page.getByRole("heading", { name: /asks$/ })).toBeFocused();
  await expect(page.getByText("[Yes] [No]")).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: /No.*keep it shut/ })).toBeInViewport({ ratio: 1 });
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: /No.*keep it shut/ }).click();
  await expect(wizard.outcome).toContainText("Declined: the door stays shut");
});

test("a stamp that dies at its question says so at once: the question goes, and what is known is said", async ({
  console: page,
}) => {
  const stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
  const wizard = new GrantWizard(page);
  await wizard.start(labName);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.question.waitFor();
  await stamp[Symbol.asyncDispose]();
  await expect(wizard.question).toBeHidden();
  await expect(page.getByRole("main")).toContainText("The question is gone without an answer");
  await expect(page.getByRole("button", { name: /Yes.*open the door/ })).toBeHidden();
});

test("a revoke under way keeps its stopwatch on a page that is loaded again, on whatever screen", async ({
  console: page,
}) => {
  const stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  const wizard = new GrantWizard(page);
  await wizard.start(labName);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await stamp[Symbol.asyncDispose]();
  await askToRevoke(page, labName);
  await expect(strip(page)).toContainText(`Closing the door of ${labName}`);
  await expect(strip(page)).toContainText("Nothing was revoked yet.");
  await expect.poll(() => stopwatch(page)).toBeGreaterThan(3);
  const before = await stopwatch(page);
  await page.reload();
  await goTo(page, "Settings");
  await expect(strip(page)).toContainText(`Closing the door of ${labName}`);
  expect(await stopwatch(page)).toBeGreaterThan(before);
  expect(await violations(page)).toEqual([]);
});

test("the chip of a door that is shut goes from Open to Closing to Closed and never back", async ({
  console: page,
}) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  const doors = page.getByRole("list", { name: "Doors" });
  await expect(doors).toContainText(/Open/);
  await doors.evaluate((list) => {
    const seen: string[] = [];
    const look = (): void => {
      const word = list.querySelector(".door")?.textContent ?? "";
      if (seen.at(-1) !== word) seen.push(word);
      list.setAttribute("data-seen", seen.join(" "));
    };
    look();
    new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true });
  });
  await revokeByKeyboard(page, target);
  await expect(doors).toContainText("Closed");
  // A whole round of readings later it is still shut.
  await goTo(page, "Targets");
  await page.getByRole("button", { name: `Check the connection to ${target}` }).click();
  await page.getByRole("button", { name: "Copy as text" }).waitFor();
  await expect(doors).toHaveAttribute("data-seen", "Open Closing Closed");
});

test("a click on Revoke says in words that it is to be held, and shuts nothing", async ({
  console: page,
}) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  const button = page.getByRole("banner").getByRole("button", { name: `Revoke access to ${target}` });
  await button.click();
  await expect(button).toContainText("Hold for one second");
  await expect(strip(page)).toBeHidden();
  await expect(page.getByRole("list", { name: "Doors" })).toContainText("Open");
});
