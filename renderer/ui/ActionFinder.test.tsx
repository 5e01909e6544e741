import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ActionFinder } from "./ActionFinder.tsx";

const onRun = vi.fn<(id: string) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  onRun.mockReset();
  Element.prototype.scrollIntoView = () => undefined;
  const actions = [
    { id: "revoke", words: "Revoke access to T", asksTwice: true },
    { id: "overview", words: "Go to Overview", key: "g o" },
    { id: "ledger", words: "Go to Ledger" },
  ];
  render(<ActionFinder name="Find an action" actions={actions} onRun={onRun} />);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const entry = (): HTMLElement => screen.getByRole("combobox", { name: "Find an action" });
const press = (key: string): void => void fireEvent.keyDown(entry(), { key });
const chosen = (): string | null => screen.getByRole("option", { selected: true }).textContent;

test("what is typed narrows the list, the arrow keys choose and Enter does it", () => {
  fireEvent.change(entry(), { target: { value: "go" } });
  expect(screen.getAllByRole("option")).toHaveLength(2);
  press("ArrowDown");
  press("ArrowDown");
  expect(chosen()).toBe("Go to Ledger");
  expect(entry().getAttribute("aria-activedescendant")).toBe(
    screen.getByRole("option", { selected: true }).id,
  );
  press("Enter");
  expect(onRun).toHaveBeenCalledExactlyOnceWith("ledger");
});

test("an action that asks twice waits five seconds for the second Enter", () => {
  press("Enter");
  expect(onRun).not.toHaveBeenCalled();
  expect(chosen()).toContain("once more within 5 seconds");
  act(() => {
    vi.advanceTimersByTime(5_000);
  });
  press("Enter");
  expect(onRun).not.toHaveBeenCalled();
  press("Enter");
  expect(onRun).toHaveBeenCalledExactlyOnceWith("revoke");
});

test("another choice forgets the first Enter, and a held Enter is one", () => {
  press("Enter");
  fireEvent.keyDown(entry(), { key: "Enter", repeat: true });
  press("ArrowDown");
  press("ArrowUp");
  press("Enter");
  expect(onRun).not.toHaveBeenCalled();
});
