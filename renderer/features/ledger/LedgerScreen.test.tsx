import type { Door } from "#contract";
import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { LedgerScreen } from "./LedgerScreen.tsx";

afterEach(cleanup);

test("the ledger is read again when an act shows at a door, and a torn end of it is told", async () => {
  let reads = 0;
  const stores = await drawn(<LedgerScreen />, {
    ledger: {
      list: async () => {
        reads += 1;
        return { entries: [entry], withoutOutcome: [], chain: { state: "torn", entries: 1 } };
      },
    },
  });
  const show = (state: Door["state"]): void =>
    act(() => stores.targets.setState({ overviews: [anOverview({}, { state })] }));
  show("opening");
  await expect.poll(() => reads).toBe(2);
  show("closed");
  await expect.poll(() => reads).toBe(3);
  expect(await screen.findByText(/a torn end behind them/)).toBeTruthy();
});

const entry = {
  sequence: 1,
  at: "2026-11-24T03:00:00.000Z",
  phase: "intent",
  act: "grant",
  receiptId: "a",
  operator: "Ann",
  targetId: "target-1",
  targetName: "Contoso",
  command: "Enable-RemoteSupport",
  result: "about to be asked",
  receipt: null,
  previousHash: "",
  hash: "",
} as const;
