import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { revokeByKeyboard } from "../support/screens/revoke.ts";
import { addTarget, signIn, type StampFacts } from "../support/screens/targets.ts";
import { goTo } from "../support/screens/shell.ts";
import { startOwnStamp, temporaryFolder } from "../support/startServe.ts";
import { expect, test } from "../support/test.ts";

const name = "Lab stamp";
const password = "right-Passw0rd-of-the-lab";

test("a target is added, a wrong password is named, the right one signs in, and the check climbs every rung", async ({
  console: page,
}) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "password"), `${password}\n`, { mode: 0o600 });
  await using stamp = await startOwnStamp(join(folder.path, "state"), join(folder.path, "password"));
  await addTarget(page, name, JSON.parse(stamp.ready) as StampFacts);
  await signIn(page, name, "wrong-Passw0rd");
  await expect(page.getByRole("dialog")).toContainText("refused the sign-in");
  await expect(page.getByRole("dialog")).toContainText("can lock the account");
  await signIn(page, name, password);
  await expect(page.getByRole("main")).toContainText("signed in");
  await expect(page.locator("body")).not.toContainText(password);

  await page.getByRole("button", { name: `Check the connection to ${name}` }).click();
  await expect(page.getByRole("main")).toContainText("All four remote-support commands are there");
  await expect(page.getByRole("main")).toContainText("is on Microsoft's list for remote support");

  await goTo(page, "Overview");
  const wizard = new GrantWizard(page);
  await wizard.start(name);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await revokeByKeyboard(page, name);
});

test("a stamp that goes away turns its door to Unknown, in words, and never to Closed", async ({
  console: page,
}) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "password"), `${password}\n`, { mode: 0o600 });
  const stamp = await startOwnStamp(join(folder.path, "state"), join(folder.path, "password"));
  await addTarget(page, name, JSON.parse(stamp.ready) as StampFacts);
  await signIn(page, name, password);
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
  await stamp[Symbol.asyncDispose]();
  await goTo(page, "Sessions");
  await expect(page.getByRole("main")).toContainText(/refused the connection|no answer|does not answer/i, {
    timeout: 60_000,
  });
});

test("a transcript of 100 000 lines opens, scrolls to its end and is searched", async ({ console: page }) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "password"), `${password}\n`, { mode: 0o600 });
  await using stamp = await startOwnStamp(join(folder.path, "state"), join(folder.path, "password"), [
    "--switch",
    "transcript=huge",
  ]);
  await addTarget(page, name, JSON.parse(stamp.ready) as StampFacts);
  await signIn(page, name, password);
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
  await expect(text).toContainText(/100[  ,.]?0\d\d|100[  ,.]?1\d\d|99[  ,.]?9\d\d/);
  await page.getByLabel("Find in the text").fill("Windows PowerShell transcript");
  await expect(page.getByRole("main")).toContainText("2 lines");
  await page.getByRole("button", { name: "Next line found" }).click();
  await expect(page.getByRole("main")).toContainText(/[12] of 2 lines/);
});
