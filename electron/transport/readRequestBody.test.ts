import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { retainedBytes } from "../testing/retainedBytes.ts";
import { readRequestBody } from "./readRequestBody.ts";

test("a body in pieces of one byte takes the memory of its bytes", async () => {
  const count = 100_000;
  const request = new IncomingMessage(new Socket());
  const body = readRequestBody(request, count);
  const come = (): void => {
    for (let at = 0; at < count; at++) request.emit("data", Uint8Array.of(at % 251));
  };
  expect(retainedBytes(come)).toBeLessThan(10 * count);
  request.emit("end");
  expect(await body).toEqual(Uint8Array.from({ length: count }, (_, at) => at % 251));
});
