import { violations } from "../support/accessibility.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { goTo, openPalette, openPractice } from "../support/screens/shell.ts";
import { TimelineOfTarget } from "../support/screens/timeline.ts";
import { TranscriptScreen } from "../support/screens/transcript.ts";
import { expect, test } from "../support/test.ts";

const target = "Practice stamp";

test("the wizard is walked by keyboard alone: Enter goes on, and what is wrong takes the focus", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Enter");
  await wizard.minutes.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("59");
  await page.keyboard.press("Enter");
  await expect(wizard.minutes).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("61");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Operator" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type("Disk alarm");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const terms = page.getByRole("region", { name: "The text of the terms" });
  await terms.waitFor();
  await page.keyboard.press("Tab");
  await expect(terms).toBeFocused();
  await page.keyboard.press("End");
  const tick = page.getByRole("checkbox", { name: /I have read these terms/ });
  await expect(tick).toBeEnabled();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(tick).toBeChecked();
});

test("a page that comes back in the middle of the wizard still has what was typed, and sends nothing", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.next();
  await wizard.minutes.fill("61");
  await wizard.next();
  const facts = { operator: "Ann Operator", reason: "Disk alarm on node 3", caseNumber: "2611" };
  await wizard.why(facts);
  await page.reload();
  await expect(page.getByRole("heading", { name: "What the engineer may run" })).toBeVisible();
  await wizard.next();
  await expect(wizard.minutes).toHaveValue("61");
  await wizard.next();
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue(facts.reason);
  await expect(page.getByRole("textbox", { name: "Case number" })).toHaveValue(facts.caseNumber);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue(facts.reason);
  await goTo(page, "Ledger");
  await expect(page.getByRole("main")).toContainText("Nothing recorded yet");
});

test("a page that comes back in the middle of a new target still has what was typed", async ({
  console: page,
}) => {
  await page.getByRole("button", { name: "Add a real target" }).click();
  const form = page.getByRole("form", { name: "Add a target" });
  await form.getByRole("textbox", { name: "Name", exact: true }).fill("Oslo");
  await form.getByRole("button", { name: "Another endpoint" }).click();
  await form.getByRole("textbox", { name: "Endpoint 2 address" }).fill("10.0.0.22");
  await page.reload();
  await expect(form.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Oslo");
  await expect(form.getByRole("textbox", { name: "Endpoint 2 address" })).toHaveValue("10.0.0.22");
  await form.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Add a real target" }).click();
  await expect(form.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("");
});

test("the timeline of a target is walked by keyboard, leads to a visit, and remembers how far it reaches", async ({
  console: page,
}) => {
  await openPractice(page);
  const timeline = new TimelineOfTarget(page, target);
  await timeline.reachBack("90 d");
  await expect.poll(() => timeline.items.count()).toBeGreaterThan(10);
  await timeline.item(0).focus();
  await expect(page.getByRole("tooltip")).toContainText(/UTC to .* UTC/);
  await page.keyboard.press("ArrowRight");
  await expect(timeline.item(1)).toBeFocused();
  await timeline.sessions.first().press("Enter");
  await expect(page.getByRole("region", { name: "Transcript text" })).toContainText("CommandInvocation(");
  await page.reload();
  await goTo(page, "Overview");
  await expect(timeline.section.getByRole("heading", { name: /the last 90 d/ })).toBeVisible();
  await expect.poll(() => timeline.items.count()).toBeGreaterThan(10);
  await expect(await timeline.tableRows()).toHaveCount((await timeline.items.count()) + 1);
});

test("every action is at hand by its name, and a door is shut from there by Enter and Enter again", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await openPalette(page);
  await page.keyboard.type("grant prac");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What the engineer may run" }).waitFor();
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await openPalette(page);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type("revoke");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { selected: true })).toContainText("once more within 5 seconds");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Confirmed closed in/ })).toBeVisible();
});

test("the exact lines behind the buttons are shown where the buttons are", async ({ console: page }) => {
  await openPractice(page);
  await page.getByText("Show the commands").click();
  await expect(page.getByRole("main")).toContainText("Get-RemoteSupportAccess -IncludeExpired");
  await expect(page.getByRole("main")).toContainText(/rsc sessions --target practice --data \S/);
  await page.getByText("Make rsc a command of this shell").click();
  await expect(page.getByRole("main")).toContainText(/rsc\(\) \{ .*function rsc \{ /s);
  await goTo(page, "Sessions");
  const transcript = new TranscriptScreen(page);
  await transcript.open(1);
  await page.getByRole("button", { name: "Facts" }).click();
  await page.getByText("Show the command").click();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("-IncludeSessionTranscript");
});

test("a transcript is searched by keyboard, and what is saved is the text whose hash the facts name", async ({
  console: page,
}) => {
  await openPractice(page);
  await goTo(page, "Sessions");
  const transcript = new TranscriptScreen(page);
  await transcript.open(2);
  await page.keyboard.press("ControlOrMeta+f");
  await expect(transcript.find).toBeFocused();
  await page.keyboard.type("CommandInvocation");
  await expect(page.getByRole("main")).toContainText(/\d+ lines/);
  await page.keyboard.press("F3");
  await expect(page.getByRole("main")).toContainText(/1 of \d+ lines/);
  await page.keyboard.press("F3");
  await page.keyboard.press("Shift+F3");
  await expect(page.getByRole("main")).toContainText(/1 of \d+ lines/);
  expect(await transcript.savedSha256()).toBe(await transcript.sha256());
});

test("the ledger says outcomes in words, is found by case number, and its receipt is at hand without scrolling", async ({
  console: page,
}) => {
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.stopWithoutAnswering();
  await expect(wizard.outcome).toBeVisible();
  await goTo(page, "Ledger");
  const entries = page.getByRole("table", { name: "Ledger entries" });
  await expect(entries).toContainText("Not granted");
  await expect(entries).not.toContainText(/notGranted|\dT\d/);
  await page.getByRole("searchbox", { name: "Filter" }).fill("2611240030000123");
  await expect(page.getByRole("main")).toContainText("2 of 2 entries");
  await page.getByRole("searchbox", { name: "Filter" }).fill("not granted");
  await expect(page.getByRole("main")).toContainText("1 of 2 entries");
  const receipt = entries.getByRole("button", { name: /^Receipt of entry/ });
  await expect(receipt).toBeInViewport({ ratio: 1 });
  await receipt.click();
  await expect(page.getByRole("dialog")).toContainText("not answered: the command was stopped");
});

test("text twice as large keeps its lines apart, and nothing of the rail is cut", async ({
  console: page,
}) => {
  await openPractice(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await goTo(page, "Sessions");
  const transcript = new TranscriptScreen(page);
  await transcript.open(2);
  expect(await transcript.lineShare()).toBeGreaterThan(1.2);
  const rail = page.getByRole("navigation", { name: "Screens" });
  expect(await rail.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});
