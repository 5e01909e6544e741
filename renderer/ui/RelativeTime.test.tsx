import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { setConsoleAhead } from "./consoleClock.ts";
import { RelativeTime } from "./RelativeTime.tsx";

afterEach(() => {
  cleanup();
  setConsoleAhead(0);
});

const time = (): HTMLElement => screen.getByRole("time");

test("the exact time with its zone comes on focus, describes the words, and leaves with Escape", () => {
  render(<RelativeTime at="2020-01-02T03:04:05Z" />);
  expect(screen.queryByRole("tooltip")).toBeNull();
  fireEvent.focus(time());
  expect(screen.getByRole("tooltip").textContent).toBe("2020-01-02 03:04:05 UTC");
  expect(time().getAttribute("aria-describedby")).toBe(screen.getByRole("tooltip").id);
  fireEvent.keyDown(time(), { key: "Escape" });
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("the pointer brings the exact time and takes it away", () => {
  render(<RelativeTime at="2020-01-02T03:04:05Z" />);
  fireEvent.pointerEnter(time());
  expect(screen.queryByRole("tooltip")).not.toBeNull();
  fireEvent.pointerLeave(time());
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("an age is by the console's clock, and of a time by another clock as that clock tells it", () => {
  const hour = 3_600_000;
  // The page is two hours behind the console; the device an hour ahead of the console.
  setConsoleAhead(2 * hour);
  const answered = new Date(Date.now() + 2 * hour - 180_500).toISOString();
  render(<RelativeTime at={answered} />);
  expect(time().textContent).toBe("3 min ago");
  cleanup();
  const started = new Date(Date.now() + 3 * hour - 180_500).toISOString();
  render(<RelativeTime at={started} aheadMs={hour} />);
  expect(time().textContent).toBe("3 min ago");
});
