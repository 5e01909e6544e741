import { violations } from "../support/accessibility.ts";
import { labName, labPassword, startLabStamp } from "../support/labStamp.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { goTo } from "../support/screens/shell.ts";
import { addTarget, signIn } from "../support/screens/targets.ts";
import { expect, test } from "../support/test.ts";

/** An address of this machine at which nothing ever answers. */
const silent = { name: "ERCS09", host: "127.0.0.1", port: 1 };

test("an endpoint that does not answer is named wherever its target is told of, and leads to the check", async ({
  console: page,
}) => {
  await using stamp = await startLabStamp();
  const [first] = stamp.facts.endpoints;
  if (first === undefined) throw new Error("the stamp has no endpoint");
  await addTarget(page, labName, { ...stamp.facts, endpoints: [first, silent] });
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  const card = page.getByRole("region", { name: labName, exact: true });
  await expect(card).toContainText("1 of 2 endpoints was read.");
  await expect(card).toContainText("ERCS09 not read");
  await expect(card).toContainText("Not proved closed");
  await expect(card).not.toContainText("The vendor cannot come in.");
  await expect(card.getByRole("button", { name: `Revoke access to ${labName}` })).toBeVisible();
  expect(await violations(page), "Overview").toEqual([]);

  await page.getByRole("button", { name: `Sessions of ${labName}` }).click();
  await expect(page.getByRole("main")).toContainText("ERCS09 not read: ERCS09 (127.0.0.1:1) refused");
  expect(await violations(page), "Sessions").toEqual([]);

  await page.getByRole("button", { name: `Open the connection check of ${labName}` }).click();
  await page.getByRole("button", { name: `Check the connection to ${labName}` }).click();
  const ladder = page.getByRole("table", { name: `Connection check of ${labName}` });
  await expect(ladder.getByRole("row", { name: /ERCS09.*TCP.*failed/ })).toBeVisible();
});

test("what one endpoint speaks for is the operator's word, and can be taken back", async ({
  console: page,
}) => {
  await using stamp = await startLabStamp();
  const [first] = stamp.facts.endpoints;
  if (first === undefined) throw new Error("the stamp has no endpoint");
  await addTarget(page, labName, { ...stamp.facts, endpoints: [first, silent] });
  await signIn(page, labName, labPassword);
  const main = page.getByRole("main");
  await expect(main).toContainText("Whether the endpoints keep their grants together: not known");
  await page.getByRole("button", { name: `Say: shared, of the endpoints of ${labName}` }).click();
  await expect(main).toContainText(/your word: shared, since .* UTC/);
  expect(await violations(page), "Targets").toEqual([]);
  await goTo(page, "Overview");
  await expect(main).toContainText("No grant is active. The vendor cannot come in.");
  await expect(main).toContainText("ERCS09 not read");
  await goTo(page, "Targets");
  await page.getByRole("button", { name: `Take your word back on the endpoints of ${labName}` }).click();
  await expect(main).toContainText("Whether the endpoints keep their grants together: not known");
  await goTo(page, "Overview");
  await expect(main).not.toContainText("The vendor cannot come in.");
});

test("what holds the shells of a target is told, and those of this console are not ended from there", async ({
  console: page,
}) => {
  await using stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await page.getByRole("button", { name: `Shells at ${labName}` }).click();
  const dialog = page.getByRole("dialog", { name: `Shells at ${labName}` });
  // One that is just being opened is known as this console's a moment later.
  await expect(async () => {
    await dialog.getByRole("button", { name: "Read again" }).click();
    for (const { name } of stamp.facts.endpoints)
      await expect(dialog.getByRole("region", { name })).toContainText(/This console|Nothing holds a shell/, {
        timeout: 1_000,
      });
  }).toPass();
  await expect(dialog.getByRole("button", { name: /^End/ })).toHaveCount(0);
  expect(await violations(page), "Shells").toEqual([]);
});

test("a level that is raised later says nothing about the time before, and each stretch has its reason", async ({
  console: page,
}) => {
  await using stamp = await startLabStamp();
  await addTarget(page, labName, stamp.facts);
  await signIn(page, labName, labPassword);
  await goTo(page, "Overview");
  await expect(page.getByRole("main")).toContainText("No grant is active.");
  const wizard = new GrantWizard(page);
  await wizard.start(labName);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await goTo(page, "Overview");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: `Change the grant of ${labName}` }).click();
  await page.getByRole("radio", { name: /^Diagnostics and repair/ }).check();
  await wizard.toReview("Change the grant like this?");
  await main.getByRole("button", { name: "Change the grant" }).click();
  await wizard.question.waitFor();
  await page.getByRole("button", { name: /^Yes/ }).click();
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await goTo(page, "Overview");
  const card = page.getByRole("region", { name: labName, exact: true });
  await card.getByText("The same as a table").click();
  const rows = card.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText(
    /Grant, Diagnostics and repair.*goes on.*Disk alarm.*by Ann Operator/,
  );
  await expect(rows.nth(2)).toContainText(/^Grant, Diagnostics\d.* UTC.*Disk alarm.*by Ann Operator/);
});
