import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { askPassword } from "./ask.ts";

test("a terminal shows nothing any more when it asks for the password, whatever is typed at once", async () => {
  const order: string[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => void order.push(raw ? "hides" : "shows"),
  });
  const screen = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      order.push(chunk.toString());
      done();
    },
  });
  const io = {
    out: () => undefined,
    say: () => undefined,
    stdin,
    screen,
    interactive: true,
    signal: new AbortController().signal,
  };
  const asked = askPassword(io, "AZS\\cloudadmin");
  stdin.write("s3cret\n");
  expect(await asked).toBe("s3cret");
  expect(order).toEqual(["hides", "Password of AZS\\cloudadmin: ", "shows", "\n"]);
});
