import { expect, test } from "vitest";
import { globalTimers } from "./globalTimers.ts";
import { VirtualTime, WaitsForever } from "./virtualTime.ts";

const never = new AbortController().signal;

test("deadlines come in their order, in no time", async () => {
  const time = new VirtualTime();
  const order: number[] = [];
  for (const minutes of [3, 1, 2]) time.after(minutes * 60_000, () => order.push(minutes));
  await time.until(time.sleep(240_000, never));
  expect(order).toEqual([1, 2, 3]);
  expect(time.monotonic()).toBe(240_000);
});

test("time stands still while anything happens", async () => {
  const time = new VirtualTime();
  let late = false;
  time.after(1, () => {
    late = true;
  });
  const busy = async (): Promise<boolean> => {
    for (let turn = 0; turn < 20; turn++) {
      time.stir();
      await new Promise((resolve) => void setImmediate(resolve));
    }
    return late;
  };
  expect(await time.until(busy())).toBe(false);
});

test("who waits for nobody, or for ever again, is found out", async () => {
  const time = new VirtualTime();
  await expect(time.until(new Promise(() => undefined))).rejects.toThrow(WaitsForever);
  const again = (): void => void time.after(60_000, again);
  again();
  await expect(time.until(new Promise(() => undefined))).rejects.toThrow(/more than an hour/);
});

test("an aborted sleep ends at once, and leaves no deadline behind", async () => {
  const time = new VirtualTime();
  const leaving = new AbortController();
  const sleep = time.sleep(1_000, leaving.signal);
  leaving.abort(new Error("left"));
  await expect(sleep).rejects.toThrow("left");
  await expect(time.until(new Promise(() => undefined))).rejects.toThrow(/nobody has a deadline/);
});

test("the global timers are its own while they are replaced", async () => {
  const time = new VirtualTime();
  const real = setTimeout;
  const fired: string[] = [];
  {
    using _ = globalTimers(() => time);
    const timer = setTimeout(() => fired.push("late"), 30_000);
    clearTimeout(setTimeout(() => fired.push("cancelled"), 10));
    await time.pass(20_000);
    timer.refresh();
    await time.pass(20_000);
    expect(fired).toEqual([]);
    await time.pass(20_000);
  }
  expect(fired).toEqual(["late"]);
  expect(setTimeout).toBe(real);
});
