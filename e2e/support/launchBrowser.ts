import { chromium, type Browser } from "playwright/test";

/** The browser that run.ts found. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["RSC_BROWSER"] ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
}
