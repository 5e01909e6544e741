import type { Page, WebSocketRoute } from "playwright/test";
import { violations } from "../support/accessibility.ts";
import { GrantWizard } from "../support/screens/grantWizard.ts";
import { askToRevoke } from "../support/screens/revoke.ts";
import { goTo, openPractice } from "../support/screens/shell.ts";
import { expect, test } from "../support/test.ts";

const target = "Practice stamp";

/** Page and console with a line between them that can be cut and mended. */
async function withLine(page: Page): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  let whole = true;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/console/, (route) => {
    if (!whole) return void route.close();
    route.connectToServer();
    open.add(route);
  });
  await page.reload();
  return {
    cut: async () => {
      whole = false;
      await Promise.all([...open].map((route) => route.close()));
      open.clear();
    },
    mend: () => (whole = true),
  };
}

test("a revoke that is asked for while page and console are apart is not sent, says so with the ways out, and is never sent by itself", async ({
  console: page,
}) => {
  const line = await withLine(page);
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.answer("Yes");
  await expect(wizard.outcome).toContainText(/Confirmed open/);
  await goTo(page, "Overview");
  await line.cut();
  const strip = page.getByRole("region", { name: "Under way" });
  await askToRevoke(page, target);
  await expect(strip).toContainText(`${target}: Not sent. Treat the door as open.`);
  await expect(strip).toContainText("rsc revoke --target practice");
  await expect(strip).toContainText("*.servicebus.windows.net");
  await expect(strip).not.toContainText("goes on in the console");
  expect(await violations(page)).toEqual([]);
  line.mend();
  await strip.getByRole("button", { name: "Connect again" }).click();
  await expect(page.getByRole("contentinfo")).toContainText("Connected");
  await expect(strip).toContainText("Not sent");
  await expect(page.getByRole("list", { name: "Doors" })).toContainText(/Open|Inside/);
  await strip.getByRole("button", { name: `Revoke again: access to ${target}` }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Confirmed closed in/ })).toBeVisible();
});

test("an opening goes on in sight when page and console are together again in time", async ({
  console: page,
}) => {
  const line = await withLine(page);
  await openPractice(page);
  const wizard = new GrantWizard(page);
  await wizard.start(target);
  await wizard.toReview();
  await wizard.openTheDoor();
  await wizard.question.waitFor();
  await line.cut();
  await expect(page.getByRole("main")).toContainText("Not known whether the door is open");
  line.mend();
  await page.getByRole("button", { name: "Connect again" }).click();
  await wizard.answer("No");
  await expect(wizard.outcome).toContainText("Declined: the door stays shut");
});
