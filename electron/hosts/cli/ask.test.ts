import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Answer, askPassword, listenToPerson } from "./ask.ts";
import type { CliIo } from "./io.ts";

const never = new AbortController().signal;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

type Terminal = CliIo & {
  readonly stdin: PassThrough;
  shown(): string;
  interrupts: number;
  readonly interrupted: AbortController;
  /** True and false as the terminal went into raw mode and out of it. */
  readonly modes: readonly boolean[];
};

/** A terminal and what stands on it. */
function terminal(): Terminal {
  const interrupted = new AbortController();
  const screen = new PassThrough();
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void modes.push(isRaw),
  });
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
    interrupted,
    signal: interrupted.signal,
    shown: () => shown,
    modes,
  };
  return io;
}

const asks: readonly (readonly [string, (io: Terminal) => Promise<unknown>])[] = [
  ["question", questionAt],
  ["password", (io) => askPassword(io, "AZS\\cloudadmin")],
];

async function questionAt(io: Terminal): Promise<Answer | null> {
  const person = listenToPerson(io);
  const answer = await person.askYesOrNo("Do you agree?", never);
  person.leave();
  return answer === "none" ? null : answer;
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

test.each([
  ["\u0003", 1],
  ["\u0004", 0],
] as const)("%j at the question interrupts the command %i times", async (key, times) => {
  const io = terminal();
  const asked = questionAt(io);
  io.stdin.write(key);
  await asked;
  expect(io.interrupts).toBe(times);
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

test.each(["xterm", "dumb"])(
  "what was half typed before a question is no beginning of its line, wherever the cursor stood (%s)",
  async (kind) => {
    vi.stubEnv("TERM", kind);
    const io = terminal();
    const person = listenToPerson(io);
    io.stdin.write(kind === "dumb" ? "Yes" : "Yes\u001b[H");
    await setImmediate();
    const asked = person.askYesOrNo("Do you agree?", never);
    for (const keys of ["\r", "No\r"]) {
      io.stdin.write(keys);
      await setImmediate();
    }
    expect(await asked).toBe("no");
    person.leave();
  },
);

const waysOut: readonly (readonly [string, (io: Terminal) => void])[] = [
  ["Ctrl-C", (io) => void io.stdin.write("\u0003")],
  ["Ctrl-D", (io) => void io.stdin.write("\u0004")],
  ["the end of the input", (io) => void io.stdin.end()],
  // What a terminal that was closed gives.
  ["an input that fails", (io) => void io.stdin.destroy(new Error("read EIO"))],
  ["an interrupt of the process", (io) => io.interrupted.abort()],
];

describe.each(waysOut)("%s", (_, leave) => {
  test.each(asks)("leaves no %s open, and the terminal as it was", async (__, ask) => {
    const io = terminal();
    const asked = ask(io);
    await setImmediate();
    leave(io);
    expect(await asked).toBeNull();
    expect(io.modes).toEqual([true, false]);
    expect(io.shown().split("\n")).toHaveLength(2);
  });
});

test.each(asks)("Ctrl-Z does not put a %s to sleep, nor shows what is typed to it", async (_, ask) => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const io = terminal();
  const asked = ask(io);
  io.stdin.write("\u001ano\r");
  expect(await asked).toBe("no");
  expect(io.modes).toEqual([true, false]);
  expect(kill).not.toHaveBeenCalled();
});

test.each(asks)(
  "a terminal that failed before, or a command that was stopped, gets no %s",
  async (_, ask) => {
    const io = terminal();
    io.stdin.on("error", () => undefined).destroy(new Error("read EIO"));
    await setImmediate();
    expect(await ask(io)).toBeNull();
    const stopped = terminal();
    stopped.interrupted.abort();
    expect(await ask(stopped)).toBeNull();
  },
);

test.each(asks)("a terminal that cannot be set back any more breaks no %s", async (_, ask) => {
  const io = terminal();
  const asked = ask(io);
  Object.assign(io.stdin, { setRawMode: () => io.stdin.emit("error", new Error("setRawMode EIO")) });
  io.interrupted.abort();
  expect(await asked).toBeNull();
});
