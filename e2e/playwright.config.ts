import { defineConfig } from "playwright/test";
import { electronRuntime } from "./support/electronRuntime.ts";

const runtime = electronRuntime();
if (runtime === null && process.env["TEST_WORKER_INDEX"] === undefined) {
  process.stdout.write(
    "e2e: the desktop set is left out: the Electron runtime is not installed here (the same journeys run in the browser)\n",
  );
}

/** The journeys are written once; a project says which host carries them. */
export default defineConfig({
  testDir: "journeys",
  outputDir: "../test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  // A window of the desktop has no tabs and no token, and a port in place of a socket.
  projects: [
    { name: "serve" },
    ...(runtime === null
      ? []
      : [{ name: "desktop", testIgnore: ["**/twoTabs.spec.ts", "**/apart.spec.ts", "**/tabs.spec.ts"] }]),
  ],
});
