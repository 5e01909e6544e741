import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { RelativeTime } from "./RelativeTime.tsx";

afterEach(cleanup);

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
