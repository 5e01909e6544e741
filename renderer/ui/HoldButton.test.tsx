import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { armedMilliseconds, hintMilliseconds, HoldButton, holdMilliseconds } from "./HoldButton.tsx";

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

test("a plain click leaves in words what is to be done, for some seconds, seen and heard", () => {
  const seen = () => screen.queryByText("Hold for one second")?.closest("button");
  fireEvent.pointerDown(button(), { button: 0 });
  pass(80);
  fireEvent.pointerUp(button());
  fireEvent.click(button(), { detail: 1 });
  expect(seen()).toBe(button());
  expect(screen.getByText(/^Nothing was done: hold for one second/).getAttribute("aria-live")).toBe("polite");
  pass(hintMilliseconds);
  expect(seen()).toBeUndefined();
  expect(onConfirm).not.toHaveBeenCalled();
});

test("a button that is moved by what stands beside it is still held by a pointer that stands still", () => {
  const captured = vi.fn<(pointerId: number) => void>();
  Object.assign(button(), { setPointerCapture: captured });
  fireEvent.pointerDown(button(), { button: 0, pointerId: 7, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(button(), { pointerId: 7, clientX: 13, clientY: 9 });
  fireEvent.pointerLeave(button());
  pass(holdMilliseconds);
  expect(captured).toHaveBeenCalledWith(7);
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

test("a pointer that is drawn away lets go", () => {
  fireEvent.pointerDown(button(), { button: 0, pointerId: 7, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(button(), { pointerId: 7, clientX: 10, clientY: 80 });
  pass(holdMilliseconds);
  expect(onConfirm).not.toHaveBeenCalled();
});

test("a hold that begins while the words still stand acts after its own second", () => {
  fireEvent.pointerDown(button(), { button: 0 });
  fireEvent.pointerUp(button());
  fireEvent.pointerDown(button(), { button: 0 });
  pass(holdMilliseconds);
  expect(onConfirm).toHaveBeenCalledTimes(1);
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
