import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { HttpSocket } from "./httpSocket.ts";

let server: Server;
let socket: Socket;
afterEach(async () => {
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const request = (wholeMs: number) => ({
  head: ["POST /wsman HTTP/1.1", "Host: x", "Content-Length: 0"],
  body: new Uint8Array(0),
  firstByteMs: 10_000,
  wholeMs,
  signal: new AbortController().signal,
});

/** A server that answers, piece after piece, and the client's end of one connection to it. */
async function joined(...pieces: readonly string[]): Promise<HttpSocket> {
  server = createServer((taken) => {
    taken.on("error", () => taken.destroy());
    taken.once("data", () => {
      for (const piece of pieces) taken.write(piece);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return new HttpSocket(socket, `127.0.0.1:${port}`);
}

test("an answer that never ends is over when its time is, though it never fell silent for long", async () => {
  const http = await joined("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n", "a", "b");
  await expect(http.exchange(request(150))).rejects.toMatchObject({
    code: "answerTimedOut",
    message: expect.stringMatching(
      /127\.0\.0\.1:\d+ began an answer and did not end it within 0\.15 s/,
    ) as string,
  });
  expect(http.usable).toBe(false);
});

test("nothing at all within that time is no answer", async () => {
  const http = await joined();
  await expect(http.exchange(request(50))).rejects.toThrow(/did not answer in time/);
});

test("an answer in time is whole, and the connection goes on", async () => {
  const http = await joined("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "ab");
  const answer = await http.exchange(request(5_000));
  expect([answer.status, Buffer.from(answer.body).toString(), http.usable]).toEqual([200, "ab", true]);
});
