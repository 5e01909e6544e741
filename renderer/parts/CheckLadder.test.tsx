import type { Rung } from "#contract";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { drawn } from "../testing/drawn.tsx";
import { CheckLadder } from "./CheckLadder.tsx";
import { Trouble } from "./Trouble.tsx";

afterEach(cleanup);

const printed = "<b>State : Aktiv</b>\nLevel : Diagnose";
const answers: Rung = {
  endpoint: "ERCS02",
  step: "answers",
  state: "warned",
  milliseconds: 12,
  found: "Get-RemoteSupportAccess printed what is not understood.",
  fix: null,
  printed,
};

test("what an endpoint printed stands at its rung as text, and can be copied", async () => {
  const stores = await drawn(<CheckLadder targetId="t" targetName="Contoso" onRetry={() => undefined} />);
  const check = {
    ladder: { rungs: [answers], finished: true },
    failure: null,
    running: false,
    startedAt: Date.parse("2026-11-24T03:00:00Z"),
  };
  act(() => stores.targets.setState({ checks: { t: check } }));
  expect(document.querySelector("pre")?.textContent).toBe(printed);
  expect(
    screen.getByRole("button", { name: "Copy what it printed: ERCS02, Answers understood" }),
  ).toBeTruthy();
});

test("where an endpoint gives no more shells, what holds them is one press away", async () => {
  const failure = { code: "quota", sentence: "All shells are held.", remedy: "retry" } as const;
  const stores = await drawn(<Trouble failure={failure} title="Not read" targetId="t" />);
  fireEvent.click(screen.getByRole("button", { name: "Look at the shells" }));
  expect(stores.dialogs.getState().regular).toEqual({ kind: "shells", targetId: "t" });
});
