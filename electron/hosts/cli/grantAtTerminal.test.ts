import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConsoleClient } from "#contract";
import { startStamp } from "../../drill/startStamp.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { aQuestion } from "../../testing/builders.ts";
import type { CliIo } from "./io.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";
import { grantQuestions } from "./verbs/grantQuestion.ts";

/* `rsc grant` with a person at the terminal, over the real wire to a practice stamp. */

let folder: string;
let stamp: RunningStamp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-terminal-"));
  writeFileSync(join(folder, "password"), "Practice-4-Hands\n", { mode: 0o600 });
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => "Practice-4-Hands",
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
});
afterAll(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = {
  readonly status: number;
  readonly out: string;
  readonly said: string;
  /** Standard error as it is seen: what is said, the prompt, and what is typed to it. */
  readonly seen: string;
};

function sitDown(onSaid: (text: string, stdin: PassThrough) => void) {
  const [out, said]: [string[], string[]] = [[], []];
  let seen = "";
  const stdin = new PassThrough();
  const interrupted = new AbortController();
  const io = {
    out: (text: string) => void out.push(text),
    say: (text: string) => {
      said.push(text);
      seen += `${text}\n`;
      onSaid(text, stdin);
    },
    stdin,
    screen: new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        seen += chunk.toString();
        done();
      },
    }),
    interactive: true,
    interrupt: () => interrupted.abort(),
    signal: interrupted.signal,
  };
  const ended = (status: number): Ended => ({ status, out: out.join("\n"), said: said.join("\n"), seen });
  return { io, ended };
}

/** Types when a line is said that fits, and never ends the input. */
function grant(onSaid: (text: string, stdin: PassThrough) => void): Promise<Ended> {
  const { io, ended } = sitDown(onSaid);
  return runGrant(io, ended, "--password-file", join(folder, "password"));
}

async function runGrant(
  io: CliIo & { readonly stdin: PassThrough },
  ended: (status: number) => Ended,
  ...password: readonly string[]
): Promise<Ended> {
  const endpoints = stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `http://${host}:${port}`]);
  const where = [...endpoints, "--account", "AZS\\cloudadmin"];
  const data = ["--data", join(folder, "data")];
  const why = ["--minutes", "60", "--reason", "the disk of node 3", "--operator", "Ann"];
  const status = await runCli(["grant", ...where, ...password, ...data, ...why], io, nodeHost(io));
  // A terminal that is still read keeps the process alive until a key is pressed.
  expect(io.stdin.isPaused()).toBe(true);
  return ended(status);
}

const atTheQuestion =
  (typed: string) =>
  (text: string, stdin: PassThrough): void => {
    // The prompt stands after the text: what is typed before it is dropped.
    if (text.startsWith("SHA-256 of the text")) void setImmediate().then(() => stdin.write(typed));
  };

test("a typed Yes opens the door, and the command ends by itself", async () => {
  const { status, out } = await grant(atTheQuestion("Yes\r"));
  expect([status, out.split(" (")[0]]).toEqual([0, "Confirmed open"]);
});

test.each([
  ["No", "No\r", /^Declined/],
  ["Ctrl-C", "\u0003", /^Not granted: .*stopped.*the question was not answered/],
  ["the end of the input", "\u0004", /^Not granted: .*stopped.*the question was not answered/],
])("%s keeps it shut", async (_, typed, words) => {
  const { status, out } = await grant(atTheQuestion(typed));
  expect(status).toBe(1);
  expect(out).toMatch(words);
});

test("Ctrl-C stops the command also where another endpoint was tried before it was asked", async () => {
  let isFirst = true;
  const { status, out, said } = await grant((text, stdin) => {
    if (isFirst) void stamp.takeDown(0);
    isFirst = false;
    atTheQuestion("\u0003")(text, stdin);
  });
  await stamp.bringUp(0);
  expect(said).toContain("Nothing was sent yet; trying");
  expect(status).toBe(1);
  expect(out).toMatch(/^Not granted: .*stopped.*the question was not answered/);
});

test.each(["\u0003", "\u0004", "\r"])(
  "%j at the password is 2, and nobody is sent to a terminal",
  async (key) => {
    const { io, ended } = sitDown(() => undefined);
    io.stdin.write(key);
    const { status, said } = await runGrant(io, ended);
    expect([status, said]).toEqual([2, "No password was typed for AZS\\cloudadmin, so nothing was sent."]);
  },
);

test("a Yes that was typed before the question answers nothing", async () => {
  const { status, out } = await grant((text, stdin) => {
    if (text.includes("Opening a conversation")) stdin.write("Yes\rYes\r");
    atTheQuestion("No\r")(text, stdin);
  });
  expect(status).toBe(1);
  expect(out).toMatch(/^Declined/);
});

test("a question whose command is lost is taken back, and nobody has to press a key", async () => {
  const { status, said, out, seen } = await grant((text) => {
    if (text.startsWith("SHA-256 of the text")) void stamp.takeDown(0);
  });
  // The reason stands on a line of its own, not behind the prompt.
  const behindThePrompt = seen.split("Type Yes or No: ").at(-1)?.split("\n")[0];
  expect(behindThePrompt).not.toContain("broke off");
  expect(status).toBe(3);
  expect(out).toMatch(/^NOT KNOWN .*another endpoint was asked for it/);
  expect(said).toContain("The question was taken back before it was answered.");
});

test("Ctrl-C after a Yes ends the waiting, and what the reading shows is told all the same", async () => {
  const { status, out } = await grant((text, stdin) => {
    if (text.includes("came to its end without an error")) stdin.write("\u0003");
    atTheQuestion("Yes\r")(text, stdin);
  });
  expect([status, out.split(" (")[0]]).toEqual([0, "Confirmed open"]);
});

test.each([
  ["Ctrl-C, which has stopped it already", "\u0003", 0],
  ["the end of the input", "\u0004", 1],
])("%s stops the command once: who stops twice ends the reading back", async (_, key, times) => {
  const { io } = sitDown(() => undefined);
  let stops = 0;
  const stop = (): Promise<null> => {
    stops += 1;
    return Promise.resolve(null);
  };
  const questions = grantQuestions({ grants: { stop } } as unknown as ConsoleClient, "target", io);
  questions.put(aQuestion());
  io.stdin.write(key);
  await setImmediate();
  questions.end();
  expect(stops).toBe(times);
});

test("an answer that cannot be delivered is said, and breaks nothing", async () => {
  const { io, ended } = sitDown(atTheQuestion("Yes\r"));
  const answered: string[] = [];
  const console = {
    consent: {
      answer: ({ questionId }: { readonly questionId: string }) => {
        answered.push(questionId);
        return Promise.reject(new Error("The question is not open any more."));
      },
    },
  } as unknown as ConsoleClient;
  const questions = grantQuestions(console, "target", io);
  questions.put(aQuestion({ questionId: "q1" }));
  questions.put(aQuestion({ questionId: "q2" }));
  await expect.poll(() => ended(0).said).toContain("The question is not open any more.");
  expect(answered).toEqual(["q2"]);
  questions.end();
});
