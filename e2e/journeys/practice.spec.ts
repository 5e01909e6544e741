import type { Page } from "playwright/test";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { revokeByHolding, revokeByKeyboard } from "../support/screens/revoke.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";
import { TranscriptScreen } from "../support/screens/transcript.ts";
import { expect, test } from "../support/test.ts";

const target = "Practice stamp";

/** First start, the practice stamp, and the wizard filled in up to its review. */
async function atReview(page: Page): Promise<GrantWizard> {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  return wizard;
}

/** On the overview: nothing was granted. */
async function expectClosed(page: Page): Promise<void> {
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
}

test("somebody new opens the door, watches the engineer, reads the transcript and shuts the door with proof", async ({
  console: page,
}) => {
  const wizard = await atReview(page);
  await expect(
    page.getByText("Enable-RemoteSupport -AccessLevel Diagnostics -ExpireInMinutes 480"),
  ).toBeVisible();
  await wizard.openTheDoor();
  await expect(wizard.question).toContainText("will be given direct access to your device");
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open, expires at/);

  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("Open");
  // The simulated engineer comes in some twenty seconds after the door was opened.
  const watch = page.getByRole("button", { name: `Watch the session on ${target}` });
  await watch.waitFor({ timeout: 60_000 });
  await watch.click();
  const transcript = new TranscriptScreen(page);
  await expect(transcript.text).toContainText("CommandInvocation(");
  // So low that the text is longer than its pane: opening the facts may make it lower still, and follows all the same.
  await page.setViewportSize({ width: 1280, height: 560 });
  await expect.poll(() => transcript.isFollowed()).toBe(true);
  const before = await transcript.sha256();
  await expect.poll(() => transcript.sha256(), { timeout: 60_000 }).not.toBe(before);
  expect(await transcript.isFollowed()).toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });

  await revokeByKeyboard(page, target);
  await goTo(page, "Sessions");
  const newest = page
    .getByRole("table", { name: `Sessions of ${target}` })
    .getByRole("row")
    .nth(1);
  await newest.getByRole("button", { name: /^Read the transcript of session/ }).click();
  await expect(page.getByRole("region", { name: "Transcript text" })).toContainText(
    "Windows PowerShell transcript",
  );

  await goTo(page, "Ledger");
  await expect(page.getByRole("main")).toContainText(/verified/i);
  const entries = page.getByRole("table", { name: "Ledger entries" }).getByRole("row");
  await expect(entries).toHaveCount(6);
  await expect(entries.filter({ hasText: "Ann Operator" })).toHaveCount(5);
  await expect(entries.filter({ hasText: "Grant, answered Yes" })).toHaveCount(1);
});

test("a No at the endpoint's question leaves no grant", async ({ console: page }) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.answer("No");
  await expect(wizard.outcome).toContainText(/declined|nothing was granted/i);
  await expectClosed(page);
});

test("a change that is answered No leaves the grant from before, says so, and has Revoke at hand", async ({
  console: page,
}) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await goTo(page, "Overview");
  await page.getByRole("main").getByRole("button", { name: "Change the grant of Practice stamp" }).click();
  await wizard.toReview("Change the grant like this?");
  await page.getByRole("main").getByRole("button", { name: "Change the grant" }).click();
  await wizard.question.waitFor();
  await page.getByRole("button", { name: "No, leave it as it is" }).click();
  await expect(wizard.outcome).toContainText("Declined: the grant from before goes on");
  await expect(wizard.outcome.getByRole("button", { name: "Revoke access to Practice stamp" })).toBeVisible();
  await revokeByKeyboard(page, "Practice stamp");
  await expect(wizard.outcome).toContainText("Declined: the door stays shut");
});

test("stopping at the question leaves no grant, and Enter never answers Yes", async ({ console: page }) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.question.waitFor();
  await page.getByRole("button", { name: /Yes.*open the door/ }).focus();
  await page.keyboard.press("Enter");
  await expect(wizard.question).toBeVisible();
  await wizard.stopWithoutAnswering();
  await expect(wizard.outcome).toContainText(/stopped/i);
  await expectClosed(page);
});

test("minutes outside the range are refused as typed, and going back loses nothing", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.next();
  for (const text of ["59", "20161", "0", "-1", "1e9", "60.5", "", "٤٨٠"]) {
    await wizard.minutes.fill(text);
    await wizard.next();
    await expect(page.getByRole("heading", { name: "How long may the door stay open?" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/60 to 20 ?160/);
  }
  await wizard.minutes.fill("61");
  await wizard.next();
  await wizard.why({ operator: "Ann", reason: "because", caseNumber: "1" });
  await wizard.back();
  await expect(wizard.minutes).toHaveValue("61");
  await wizard.next();
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue("because");
});

test("holding the button for a second shuts an open door", async ({ console: page }) => {
  const wizard = await atReview(page);
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await revokeByHolding(page, target);
});
