import { launchBrowser } from "../support/launchBrowser.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";
import { startServe, temporaryFolder } from "../support/startServe.ts";
import { expect, test } from "../support/test.ts";

/* Tabs are a browser's: these journeys start a served console of their own, whichever host carries the others. */

test("a middle click opens a tab that works, and so does the bare address typed beside it", async () => {
  await using folder = await temporaryFolder();
  await using console = await startServe(folder.path);
  await using browser = await launchBrowser();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(console.ready);
  await openPractice(page);
  const opened = context.waitForEvent("page");
  await page
    .getByRole("navigation", { name: "Screens" })
    .getByRole("link", { name: "Sessions" })
    .click({ button: "middle" });
  const second = await opened;
  await expect(second.getByRole("heading", { name: "Sessions of Practice stamp" })).toBeVisible();
  await expect(second.getByRole("contentinfo")).toContainText("Connected");
  const typed = await context.newPage();
  await typed.goto(new URL(console.ready).origin);
  await expect(typed.getByRole("contentinfo")).toContainText("Connected");
  expect(await typed.evaluate(() => JSON.stringify(localStorage) + location.href)).not.toContain(
    new URL(console.ready).hash.slice("#token=".length),
  );
});

test("a tab without the token and without another tab says what to do, and takes the address when it is pasted", async () => {
  await using folder = await temporaryFolder();
  await using console = await startServe(folder.path);
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(new URL(console.ready).origin);
  await expect(page.getByRole("alert")).toContainText("Paste the address that the console printed");
  await page.goto(console.ready);
  await expect(page.getByRole("contentinfo")).toContainText("Connected");
  expect(page.url()).not.toContain("token");
});

test("the new address of a console that was started again is pasted into the old tab, which goes on where it was", async () => {
  await using folder = await temporaryFolder();
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const first = await startServe(folder.path);
  await page.goto(first.ready);
  await openPractice(page);
  await goTo(page, "Ledger");
  await first[Symbol.asyncDispose]();
  await expect(page.getByRole("alert")).toContainText("Not connected to the console");
  await using again = await startServe(folder.path, new URL(first.ready).port);
  await page.goto(again.ready);
  await expect(page.getByRole("contentinfo")).toContainText("Connected");
  await expect(page.getByRole("heading", { name: "Ledger" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Nothing recorded yet");
  expect(page.url()).not.toContain("token");
});
