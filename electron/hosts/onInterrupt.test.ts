import { afterEach, expect, test, vi } from "vitest";
import { onInterrupt } from "./onInterrupt.ts";

let end: () => void = () => undefined;
afterEach(() => end());

function heard() {
  const stop = vi.fn<() => void>();
  const leave = vi.fn<() => void>();
  let time = 0;
  end = onInterrupt(stop, leave, () => time);
  return { stop, leave, wait: (milliseconds: number) => void (time += milliseconds) };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s stops, once", (signal) => {
  const { stop, leave } = heard();
  process.emit(signal);
  process.emit(signal);
  expect([stop.mock.calls.length, leave.mock.calls.length]).toEqual([1, 0]);
});

test("an echo of the first signal is no second wish, one that comes later is", () => {
  const { leave, wait } = heard();
  process.emit("SIGINT");
  wait(999);
  process.emit("SIGTERM");
  expect(leave).not.toHaveBeenCalled();
  wait(1);
  process.emit("SIGINT");
  process.emit("SIGINT");
  expect(leave).toHaveBeenCalledOnce();
  wait(1_000);
  process.emit("SIGINT");
  expect(leave).toHaveBeenCalledTimes(2);
});

test("a listener of a library, which would end the process, is not called any more", () => {
  const library = vi.fn<() => void>();
  process.once("SIGTERM", library);
  const { stop } = heard();
  process.emit("SIGTERM");
  expect([library.mock.calls.length, stop.mock.calls.length]).toEqual([0, 1]);
});

test("afterwards nobody listens", () => {
  heard();
  end();
  expect(process.listenerCount("SIGHUP")).toBe(0);
});
