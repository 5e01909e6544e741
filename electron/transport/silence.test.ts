import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { HttpSocket } from "./httpSocket.ts";

afterEach(() => void vi.useRealTimers());

const request = { head: ["POST /wsman HTTP/1.1"], body: new Uint8Array(0), firstByteMs: 70_000 } as const;

test("an answer that falls silent in the middle is given up after 30 s, however long it had dripped before", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(near, "connect");
  const [far] = await accepted;
  const http = new HttpSocket(near, "10.0.0.4:5985");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let ended: unknown = null;
  const exchange = http.exchange({ ...request, signal: new AbortController().signal }).catch((error) => {
    ended = error;
  });
  await once(far, "data");
  const says = async (text: string): Promise<void> => {
    const heard = once(near, "data");
    far.write(text);
    await heard;
  };
  await says("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nh");
  for (let drip = 0; drip < 10; drip++) {
    vi.advanceTimersByTime(29_999);
    await says("x");
  }
  await setImmediate();
  expect(ended).toBeNull();
  vi.advanceTimersByTime(30_000);
  await exchange;
  expect(ended).toMatchObject({ code: "answerTimedOut", acted: "maybe" });
  expect(String(ended)).toMatch(/10\.0\.0\.4:5985 stopped in the middle of its answer for 30 s/);
  expect([http.usable, near.destroyed]).toEqual([false, true]);
  far.destroy();
  server.close();
});
