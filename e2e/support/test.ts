import { _electron, chromium, expect, type Page, test as base } from "playwright/test";
import { electronRuntime } from "./electronRuntime.ts";
import { startServe, temporaryFolder } from "./startServe.ts";

/** What stood in the page's console, or was reported by its security policy: none of it may be there. */
function watchPage(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  return complaints;
}

type Opened = { readonly page: Page; readonly complaints: readonly string[]; close(): Promise<void> };

async function openInBrowser(data: string): Promise<Opened> {
  const console = await startServe(data);
  const browser = await chromium.launch({
    executablePath: process.env["RSC_BROWSER"] ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints = watchPage(page);
  await page.goto(console.ready);
  return {
    page,
    complaints,
    close: async () => {
      await browser.close();
      await console[Symbol.asyncDispose]();
    },
  };
}

async function openOnDesktop(data: string): Promise<Opened> {
  const application = await _electron.launch({
    executablePath: electronRuntime() ?? "",
    args: [".", `--data=${data}`],
  });
  const page = await application.firstWindow();
  return { page, complaints: watchPage(page), close: () => application.close() };
}

/** A console of its own for each journey, in the browser or on the desktop; a complaint of the page fails it. */
export const test = base.extend<{ readonly console: Page }>({
  console: async ({}, use, testInfo) => {
    await using folder = await temporaryFolder();
    const opened = await (testInfo.project.name === "desktop"
      ? openOnDesktop(folder.path)
      : openInBrowser(folder.path));
    await use(opened.page);
    await opened.close();
    expect(opened.complaints).toEqual([]);
  },
});

export { expect };
