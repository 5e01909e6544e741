import { violations } from "../support/accessibility.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { revokeByKeyboard } from "../support/screens/revoke.ts";
import { goTo, openPractice, type Screen } from "../support/screens/shell.ts";
import { TranscriptScreen } from "../support/screens/transcript.ts";
import { expect, test } from "../support/test.ts";

const screens: readonly Screen[] = ["Overview", "Sessions", "Ledger", "Targets", "Settings"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen keeps the accessibility rules in ${colorScheme}`, async ({ console: page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // The page hears of it a moment later: half of it painted anew is no contrast that anybody sees.
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    expect(await violations(page)).toEqual([]);
    await openPractice(page);
    for (const screen of screens) {
      await goTo(page, screen);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await violations(page), screen).toEqual([]);
    }
    await goTo(page, "Overview");
    const wizard = new GrantWizard(page);
    await wizard.start("Practice stamp");
    expect(await violations(page), "Level").toEqual([]);
    await wizard.toReview();
    expect(await violations(page), "Review").toEqual([]);
    await wizard.openTheDoor();
    await wizard.question.waitFor();
    expect(await violations(page), "Question").toEqual([]);
    await wizard.stopWithoutAnswering();
    await expect(wizard.outcome).toBeVisible();
    expect(await violations(page), "Outcome").toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`what opens on the screens keeps the accessibility rules in ${colorScheme}`, async ({
    console: page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    await openPractice(page);
    await page.getByText("The same as a table").click();
    await page.getByText("Show the commands").click();
    await page.getByText("Get-RemoteSupportAccess -IncludeExpired").waitFor();
    expect(await violations(page), "Overview, all open").toEqual([]);
    await page.keyboard.press("?");
    expect(await violations(page), "Keys").toEqual([]);
    await page.keyboard.press("Escape");
    await goTo(page, "Sessions");
    const transcript = new TranscriptScreen(page);
    await transcript.open(2);
    await transcript.find.fill("CommandInvocation");
    await expect(page.getByRole("main")).toContainText(/\d+ lines/);
    await page.keyboard.press("Enter");
    await transcript.sha256();
    expect(await violations(page), "Transcript").toEqual([]);
    await goTo(page, "Targets");
    await page.getByRole("button", { name: "Check the connection to Practice stamp" }).click();
    await page.getByRole("button", { name: "Copy as text" }).waitFor();
    expect(await violations(page), "Connection check").toEqual([]);
    await page.getByRole("button", { name: "Sign in again to Practice stamp" }).click();
    expect(await violations(page), "Sign in").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a target" }).click();
    await page.getByRole("button", { name: "Add the target" }).click();
    await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
    expect(await violations(page), "Add a target, refused").toEqual([]);
  });
}

test("an open door, a revoke and its receipt keep the accessibility rules", async ({ console: page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start("Practice stamp");
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  expect(await violations(page), "Confirmed open").toEqual([]);
  await goTo(page, "Overview");
  expect(await violations(page), "Open").toEqual([]);
  await revokeByKeyboard(page, "Practice stamp");
  expect(await violations(page), "Confirmed closed").toEqual([]);
  await goTo(page, "Ledger");
  await page
    .getByRole("button", { name: /^Receipt of entry/ })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
  expect(await violations(page), "Receipt").toEqual([]);
});
