import { expect, test } from "vitest";
import { createClockStore, onPage } from "./createClockStore.ts";
import { stopwatchSince } from "./revokePhases.ts";

test("an instant of the console is shown by the page's own clock, however far the two are apart", () => {
  const clock = createClockStore(() => Date.parse("2026-11-24T03:00:00Z"));
  clock.getState().told("2026-11-24T03:05:00.000Z");
  expect(onPage("2026-11-24T03:04:50.000Z", clock.getState().ahead)).toBe(Date.parse("2026-11-24T02:59:50Z"));
});

test("the time a message travels is no other difference", () => {
  const clock = createClockStore(() => Date.parse("2026-11-24T03:00:00Z"));
  clock.getState().told("2026-11-24T02:59:59.400Z");
  expect(clock.getState().ahead).toBe(0);
});

test("a stopwatch goes on from when it was asked for here, and from the beginning of what others began", () => {
  expect(stopwatchSince(10_000, null)).toBe(10_000);
  expect(stopwatchSince(10_000, 10_400)).toBe(10_000);
  expect(stopwatchSince(10_000, 2_000)).toBe(2_000);
});
