import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { askPassword, askYesOrNo } from "./ask.ts";
import type { CliIo } from "./io.ts";

const terminal = (typed: string): CliIo => {
  const stdin = new Readable({ read: () => undefined });
  stdin.push(typed);
  stdin.push(null);
  return {
    out: () => undefined,
    say: () => undefined,
    stdin,
    screen: new PassThrough(),
    interactive: true,
    signal: new AbortController().signal,
  };
};

test("a terminal that ends before a whole word was typed has not answered", async () => {
  expect(await askYesOrNo(terminal("y\nperhaps\n"), "Do you agree?")).toBeNull();
  expect(await askYesOrNo(terminal(""), "Do you agree?")).toBeNull();
});

test("a terminal that has ended gives no password", async () => {
  const io = terminal("y\n");
  await askYesOrNo(io, "Do you agree?");
  expect(await askPassword(io, "AZS\\cloudadmin")).toBeNull();
});
