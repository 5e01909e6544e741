import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { armedMilliseconds, HoldButton, holdMilliseconds } from "./HoldButton.tsx";

const onConfirm = vi.fn<() => void>();

beforeEach(() => {
  vi.useFakeTimers();
  onConfirm.mockReset();
  render(<HoldButton words="Revoke" name="Revoke access to T" onConfirm={onConfirm} />);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const button = () => screen.getByRole("button", { name: "Revoke access to T" });
const pass = (milliseconds: number): void => {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
};

test("held for a second it acts once", () => {
  fireEvent.pointerDown(button(), { button: 0 });
  pass(holdMilliseconds);
  fireEvent.pointerUp(button());
  fireEvent.click(button(), { detail: 1 });
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

test("let go too early it does nothing", () => {
  fireEvent.pointerDown(button(), { button: 0 });
  pass(holdMilliseconds - 1);
  fireEvent.pointerUp(button());
  pass(10_000);
  expect(onConfirm).not.toHaveBeenCalled();
});

test("Enter twice acts, once does not", () => {
  fireEvent.keyDown(button(), { key: "Enter" });
  expect(onConfirm).not.toHaveBeenCalled();
  expect(screen.getByText(/Press Enter again within 5 seconds/)).toBeDefined();
  fireEvent.keyDown(button(), { key: "Enter" });
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

test("a second Enter after five seconds, or a held Enter, counts as the first", () => {
  fireEvent.keyDown(button(), { key: "Enter" });
  fireEvent.keyDown(button(), { key: "Enter", repeat: true });
  pass(armedMilliseconds);
  fireEvent.keyDown(button(), { key: "Enter" });
  expect(onConfirm).not.toHaveBeenCalled();
});
