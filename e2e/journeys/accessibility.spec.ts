import { violations } from "../support/accessibility.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { goTo, openPractice, type Screen } from "../support/screens/shell.ts";
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
