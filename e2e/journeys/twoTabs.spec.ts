import { secondTab } from "../support/secondTab.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { revokeByKeyboard } from "../support/screens/revoke.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";
import { expect, test } from "../support/test.ts";

const target = "Practice stamp";

test("another tab may answer; who did not is told that it was answered, and what came of it", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.question.waitFor();
  const tab = await secondTab(page);
  await tab.getByRole("button", { name: `To the question of ${target}` }).click();
  const other = new GrantWizard(tab);
  await other.question.waitFor();
  await tab.getByRole("region", { name: /^The question of/ }).focus();
  await tab.keyboard.press("End");
  await tab.getByRole("checkbox", { name: /I have read this text/ }).check();
  await other.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await expect(other.outcome).toContainText(/Confirmed open/);
});

test("a revoke of another tab is shown with its proof, and a page that is loaded again keeps it until it is put away", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  const tab = await secondTab(page);
  await revokeByKeyboard(tab, target);
  const proof = page.getByRole("heading", { name: /Confirmed closed in/ });
  await expect(proof).toBeVisible();
  await page.reload();
  await expect(proof).toBeVisible();
  await goTo(page, "Ledger");
  await expect(proof).toBeVisible();
  await page.getByRole("button", { name: `Put away the revoke of ${target}` }).click();
  await page.reload();
  await expect(page.getByRole("table", { name: "Ledger entries" })).toContainText("Confirmed closed");
  await expect(proof).toBeHidden();
});
