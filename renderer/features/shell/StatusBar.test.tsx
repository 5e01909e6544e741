import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { setConsoleAhead } from "../../ui/consoleClock.ts";
import { StatusBar } from "./StatusBar.tsx";

afterEach(() => {
  cleanup();
  setConsoleAhead(0);
});

test("the status bar says which clocks differ, and dates the answer by the console's", async () => {
  const hour = 3_600_000;
  const told = Date.now() + hour;
  const overview = {
    ...anOverview(
      {},
      {
        answeredBy: "ERCS02",
        answeredAt: new Date(told - 120_000).toISOString(),
        deviceAheadMs: -600_000,
      },
    ),
    toldAt: new Date(told).toISOString(),
  };
  const stores = await drawn(<StatusBar />, {
    targets: {
      watch: async function* () {
        yield [overview];
      },
    },
  });
  await stores.targets.getState().watch(new AbortController().signal);
  const text = (): string => document.body.textContent;
  await expect.poll(text).toContain("ERCS02 answered 2 min ago");
  expect(text()).toMatch(/This page's clock is (1 h|59 min) behind the console's/);
  expect(text()).toContain("The clock of Contoso is 10 min behind the console's");
});
