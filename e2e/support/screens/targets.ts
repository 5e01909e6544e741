import type { Page } from "playwright/test";

/** What a stamp of its own says when it is ready. */
export type StampFacts = {
  readonly account: string;
  readonly endpoints: readonly { readonly name: string; readonly host: string; readonly port: number }[];
};

/** Adds a target from first start, with all its endpoints. */
export async function addTarget(
  page: Page,
  name: string,
  stamp: StampFacts,
  transport: "http" | "https" = "http",
): Promise<void> {
  await page.getByRole("button", { name: "Add a real target" }).click();
  const form = page.getByRole("form", { name: "Add a target" });
  await form.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await form.getByRole("combobox", { name: "Transport" }).selectOption(transport);
  for (const [index, endpoint] of stamp.endpoints.entries()) {
    if (index > 0) await form.getByRole("button", { name: "Another endpoint" }).click();
    await form.getByRole("textbox", { name: `Endpoint ${index + 1} name` }).fill(endpoint.name);
    await form.getByRole("textbox", { name: `Endpoint ${index + 1} address` }).fill(endpoint.host);
    await form.getByRole("textbox", { name: `Endpoint ${index + 1} port` }).fill(String(endpoint.port));
  }
  await form.getByRole("textbox", { name: "Account" }).fill(stamp.account);
  await form.getByRole("button", { name: "Add the target" }).click();
}

/** Types the password into the sign-in dialog, which opens by itself after a target was added. */
export async function signIn(page: Page, name: string, password: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: `Sign in to ${name}` });
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
}

/** Looks at each endpoint's certificate and trusts it, as the dialog that opens after adding asks. */
export async function trustAll(page: Page, stamp: StampFacts): Promise<void> {
  for (const { name } of stamp.endpoints)
    await page.getByRole("button", { name: `Trust the certificate of ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
}
