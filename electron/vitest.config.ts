import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

/** Milliseconds. They end what hangs and measure nothing: on a busy machine any test may take long. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  root,
  test: {
    // Two projects: everything that runs in Node, and the page in jsdom.
    projects: [
      {
        root,
        resolve: { alias: { electron: join(import.meta.dirname, "testing/electronStub.ts") } },
        test: {
          ...patience,
          name: "node",
          environment: "node",
          include: ["electron/**/*.test.ts", "e2e/support/**/*.test.ts"],
          server: { deps: { inline: ["electron-store"] } },
        },
      },
      {
        root,
        test: { ...patience, name: "page", environment: "jsdom", include: ["renderer/**/*.test.{ts,tsx}"] },
      },
    ],
  },
});
