import fc from "fast-check";
import { expect, test } from "vitest";
import { createInbox, memoryPair } from "./index.ts";

test("frames that come before the first listener wait for it, in order", () => {
  const inbox = createInbox();
  const seen: unknown[] = [];
  inbox.deliver(1);
  inbox.deliver(2);
  inbox.onFrame((frame) => seen.push(frame));
  inbox.deliver(3);
  expect(seen).toEqual([1, 2, 3]);
});

test("a listener that comes after the end is told of it", async () => {
  const inbox = createInbox();
  inbox.closed();
  expect(await new Promise((resolve) => inbox.onClose(() => resolve("told")))).toBe("told");
});

test("the end is told once, and nothing is delivered after it", () => {
  const inbox = createInbox();
  const seen: unknown[] = [];
  inbox.onFrame((frame) => seen.push(frame));
  inbox.onClose(() => seen.push("end"));
  inbox.closed();
  inbox.closed();
  inbox.deliver(1);
  expect(seen).toEqual(["end"]);
});

test("a memory pair carries every JSON value as a copy", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const [left, right] = memoryPair();
      const arrived = new Promise((resolve) => right.onFrame(resolve));
      left.send(value);
      expect(await arrived).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("closing one end of a memory pair closes the other, after what was sent", async () => {
  const [left, right] = memoryPair();
  const seen: unknown[] = [];
  right.onFrame((frame) => seen.push(frame));
  const closed = new Promise<void>((resolve) => right.onClose(resolve));
  left.send("last");
  left.close();
  left.send("too late");
  await closed;
  expect(seen).toEqual(["last"]);
});
