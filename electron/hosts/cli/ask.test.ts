import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Answer, askPassword, listenToPerson } from "./ask.ts";
import type { CliIo } from "./io.ts";

const never = new AbortController().signal;

/** A terminal and what stands on it. */
function terminal(): CliIo & { readonly stdin: PassThrough; shown(): string; interrupts: number } {
  const screen = new PassThrough();
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let shown = "";
  screen.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const io = {
    out: () => undefined,
    say: () => undefined,
    stdin,
    screen,
    interactive: true,
    interrupts: 0,
    interrupt: () => void (io.interrupts += 1),
    signal: never,
    shown: () => shown,
  };
  return io;
}

test.each([
  [["Yes\r"], "yes"],
  [[" no \r"], "no"],
  [["y\r", "perhaps\r", "\r", "YE", "S\r"], "yes"],
] as const)("%j is the answer %s", async (typed, answer) => {
  const io = terminal();
  const person = listenToPerson(io);
  const asked = person.askYesOrNo("Do you agree?", never);
  for (const keys of typed) {
    io.stdin.write(keys);
    await setImmediate();
  }
  expect(await asked).toBe(answer);
  person.leave();
});

test.each(["\u0003", "\u0004"])("%j, as the keys Ctrl-C and Ctrl-D give, is no answer", async (key) => {
  const io = terminal();
  const person = listenToPerson(io);
  const asked = person.askYesOrNo("Do you agree?", never);
  io.stdin.write(key);
  expect(await asked).toBe("none");
  expect(io.interrupts).toBe(key === "\u0003" ? 1 : 0);
  person.leave();
});

test("what is typed before a question answers nothing, neither whole nor as its beginning", async () => {
  const io = terminal();
  const person = listenToPerson(io);
  io.stdin.write("Yes\rYes\rYe");
  await setImmediate();
  const answered: Answer[] = [];
  const asked = person.askYesOrNo("Do you agree?", never).then((answer) => answered.push(answer));
  io.stdin.write("s\r");
  await setImmediate();
  expect(answered).toEqual([]);
  io.stdin.write("No\r");
  await asked;
  expect(answered).toEqual(["no"]);
  person.leave();
});

test("a question that is withdrawn ends without an answer, and one Yes answers one question", async () => {
  const io = terminal();
  const person = listenToPerson(io);
  const withdrawal = new AbortController();
  const first = person.askYesOrNo("The first?", withdrawal.signal);
  withdrawal.abort();
  expect(await first).toBe("withdrawn");
  const second = person.askYesOrNo("The second?", never);
  io.stdin.write("Yes\r");
  expect(await second).toBe("yes");
  const third = new AbortController();
  const asked = person.askYesOrNo("The third?", third.signal);
  await setImmediate();
  third.abort();
  expect(await asked).toBe("withdrawn");
  person.leave();
});

test("a terminal that ends or has ended has not answered, and gives no password", async () => {
  const io = terminal();
  const asked = listenToPerson(io).askYesOrNo("Do you agree?", never);
  io.stdin.end("y\rperhaps\r");
  expect(await asked).toBe("none");
  await setImmediate();
  expect(await listenToPerson(io).askYesOrNo("Do you agree?", never)).toBe("none");
  expect(await askPassword(io, "AZS\\cloudadmin")).toBeNull();
});
