import { expect } from "playwright/test";
import { test } from "../support/test.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";

const connected = "Connected";

test("a link opened in a new tab is let in by the open one, and stays so when it is loaded again", async ({
  console: page,
}) => {
  await openPractice(page);
  const opening = page.context().waitForEvent("page");
  await page
    .getByRole("navigation", { name: "Screens" })
    .getByRole("link", { name: "Ledger" })
    .click({ button: "middle" });
  const second = await opening;
  await expect(second.getByRole("heading", { name: "Ledger", level: 1 })).toBeVisible();
  await expect(second.getByRole("contentinfo")).toContainText(connected);
  expect(second.url()).not.toContain("token");
  await page.close();
  await second.reload();
  await expect(second.getByRole("contentinfo")).toContainText(connected);
  await goTo(second, "Overview");
  await expect(second.getByRole("main")).toContainText("No grant is active.");
});

test("a tab that nobody can let in says what to open, and takes the whole address pasted into it", async ({
  console: page,
}) => {
  await page.getByRole("button", { name: "Open the practice stamp" }).waitFor();
  const token = await page.evaluate(() => sessionStorage.getItem("console.token"));
  const address = new URL("/", page.url()).href;
  const second = await page.context().newPage();
  await page.close();
  await second.goto(address);
  await expect(second.getByText(/Open the whole address that the console printed/)).toBeVisible();
  await second.goto(`${address}#token=${token}`);
  await expect(second.getByRole("contentinfo")).toContainText(connected);
  expect(second.url()).not.toContain("token");
});
