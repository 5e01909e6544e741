import { labName, labPassword, startLabStamp } from "../support/labStamp.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { revokeByKeyboard } from "../support/screens/revoke.ts";
import { goTo } from "../support/screens/shell.ts";
import { addTarget, signIn, trustAll } from "../support/screens/targets.ts";
import { expect, test } from "../support/test.ts";

test("a target is added, a wrong password is named, the right one signs in, and the check climbs every rung", async ({
  console: page,
}) => {
  await using stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, "wrong-Passw0rd");
  await expect(page.getByRole("dialog")).toContainText("refused the sign-in");
  await expect(page.getByRole("dialog")).toContainText("can lock the account");
  await signIn(page, labName, labPassword);
  await expect(page.getByRole("main")).toContainText("signed in");
  await expect(page.locator("body")).not.toContainText(labPassword);

  await page.getByRole("button", { name: `Check the connection to ${labName}` }).click();
  await expect(page.getByRole("main")).toContainText("All four remote-support commands are there");
  await expect(page.getByRole("main")).toContainText("is on Microsoft's list for remote support");

  await goTo(page, "Overview");
  const wizard = new GrantWizard(page);
  await wizard.start(labName);
  await wizard.back();
  const ladder = page.getByRole("table", { name: `Connection check of ${labName}` });
  const clocks = ladder.getByRole("row", { name: /Clock.*passed/ });
  await expect(clocks).toHaveCount(stamp.facts.endpoints.length);
  const targets = page.getByRole("list", { name: "Targets" });
  await targets.getByRole("button", { name: new RegExp(`^${labName}`) }).click();
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await revokeByKeyboard(page, labName);
});

test("over HTTPS nothing is sent before a person has trusted each certificate", async ({ console: page }) => {
  await using stamp = await startLabStamp(["--tls"]);
  await addTarget(page, labName, stamp.facts, "https");
  await trustAll(page, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
});

test("a stamp that goes away turns its door to Unknown, in words, and never to Closed", async ({
  console: page,
}) => {
  const stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
  await stamp[Symbol.asyncDispose]();
  await goTo(page, "Sessions");
  await expect(page.getByRole("main")).toContainText(/refused the connection/, { timeout: 60_000 });
});

test("a transcript of 100 000 lines opens, scrolls to its end and is searched", async ({ console: page }) => {
  await using stamp = await startLabStamp(["--switch", "transcript=huge"]);
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Sessions");
  await page
    .getByRole("button", { name: /^Read the transcript of session/ })
    .first()
    .click();
  const text = page.getByRole("region", { name: "Transcript text" });
  await expect(text).toContainText("Windows PowerShell transcript start");
  await text.focus();
  await page.keyboard.press("End");
  await expect(text).toContainText("Windows PowerShell transcript end");
  await expect(text).toContainText(/99 ?9\d\d|100 ?\d\d\d/);
  await page.getByLabel("Find in the text").fill("Windows PowerShell transcript");
  await expect(page.getByRole("main")).toContainText("2 lines");
  await page.getByRole("button", { name: "Next line found" }).click();
  await expect(page.getByRole("main")).toContainText(/[12] of 2 lines/);
});
