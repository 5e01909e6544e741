import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { RunspaceQueue } from "./runspaceQueue.ts";

/** That many pipelines come to a queue with that many runspaces; `begun` names those that run, in order. */
async function queued(max: number, comers: number): Promise<{ queue: RunspaceQueue; begun: number[] }> {
  const queue = new RunspaceQueue();
  queue.begin({ min: 1, max });
  const begun: number[] = [];
  const come = async (comer: number): Promise<void> => {
    await queue.enter();
    begun.push(comer);
  };
  for (let comer = 0; comer < comers; comer++) void come(comer);
  await setImmediate();
  return { queue, begun };
}

test("a pool made larger runs at once what waited, as many as it now has room for", async () => {
  const { queue, begun } = await queued(1, 5);
  expect(begun).toEqual([0]);
  expect(queue.resize("max", 3)).toBe(true);
  await setImmediate();
  expect(begun).toEqual([0, 1, 2]);
  expect(queue.free).toBe(0);
});

test("a place that becomes free goes to who waited, whoever comes at that moment", async () => {
  const { queue, begun } = await queued(1, 2);
  queue.leave();
  void queue.enter().then(() => begun.push(99));
  await setImmediate();
  expect(begun).toEqual([0, 1]);
  queue.leave();
  await setImmediate();
  expect(begun).toEqual([0, 1, 99]);
});

test("a pool made smaller begins nothing until enough have left", async () => {
  const { queue, begun } = await queued(3, 4);
  queue.resize("max", 1);
  for (let left = 0; left < 2; left++) queue.leave();
  await setImmediate();
  expect(begun).toEqual([0, 1, 2]);
  queue.leave();
  await setImmediate();
  expect(begun).toEqual([0, 1, 2, 3]);
});

test("all free again when all have left", async () => {
  const { queue } = await queued(2, 3);
  for (let left = 0; left < 3; left++) queue.leave();
  await setImmediate();
  expect(queue.free).toBe(2);
});
