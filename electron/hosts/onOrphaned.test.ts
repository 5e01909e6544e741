import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ancestry, onOrphaned } from "./onOrphaned.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a host that npm started stops once when npm is gone", () => {
  const stop = vi.fn<() => void>();
  let parent = 7;
  onOrphaned(stop, () => parent, true);
  vi.advanceTimersByTime(5_000);
  expect(stop).not.toHaveBeenCalled();
  parent = 1;
  vi.advanceTimersByTime(5_000);
  expect(stop).toHaveBeenCalledOnce();
});

test("a host of its own outlives whoever started it", () => {
  const stop = vi.fn<() => void>();
  let parent = 7;
  onOrphaned(stop, () => parent, false);
  parent = 1;
  vi.advanceTimersByTime(5_000);
  expect(stop).not.toHaveBeenCalled();
});

test("who started us is told, and on Linux who started them", () => {
  expect(ancestry()).toMatch(new RegExp(`^${process.ppid} (\\d+|not told)$`));
  if (process.platform === "linux") expect(ancestry()).not.toContain("not told");
});
