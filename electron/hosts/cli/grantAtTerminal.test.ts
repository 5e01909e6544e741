import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConsoleClient } from "#contract";
import { startStamp } from "../../drill/startStamp.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { aQuestion } from "../../testing/builders.ts";
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

type Ended = { readonly status: number; readonly out: string; readonly said: string };

function sitDown(onSaid: (text: string, stdin: PassThrough) => void) {
  const [out, said]: [string[], string[]] = [[], []];
  const stdin = new PassThrough();
  const interrupted = new AbortController();
  const io = {
    out: (text: string) => void out.push(text),
    say: (text: string) => {
      said.push(text);
      onSaid(text, stdin);
    },
    stdin,
    screen: new PassThrough().resume(),
    interactive: true,
    interrupt: () => interrupted.abort(),
    signal: interrupted.signal,
  };
  return { io, ended: (status: number): Ended => ({ status, out: out.join("\n"), said: said.join("\n") }) };
}

/** Types when a line is said that fits, and never ends the input. */
async function grant(onSaid: (text: string, stdin: PassThrough) => void): Promise<Ended> {
  const { io, ended } = sitDown(onSaid);
  const endpoints = stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `http://${host}:${port}`]);
  const where = [...endpoints, "--account", "AZS\\cloudadmin"];
  const files = ["--password-file", join(folder, "password"), "--data", join(folder, "data")];
  const why = ["--minutes", "60", "--reason", "the disk of node 3", "--operator", "Ann"];
  return ended(await runCli(["grant", ...where, ...files, ...why], io, nodeHost(io)));
}

const atTheQuestion =
  (typed: string) =>
  (text: string, stdin: PassThrough): void => {
    // The prompt stands after the text: what is typed before it is dropped.
    if (text.startsWith("SHA-256 of the text")) setImmediate(() => stdin.write(typed));
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

test("a Yes that was typed before the question answers nothing", async () => {
  const { status, out } = await grant((text, stdin) => {
    if (text.includes("Opening a conversation")) stdin.write("Yes\rYes\r");
    atTheQuestion("No\r")(text, stdin);
  });
  expect(status).toBe(1);
  expect(out).toMatch(/^Declined/);
});

test("a question whose command is lost is taken back, and nobody has to press a key", async () => {
  const { status, said, out } = await grant((text) => {
    if (text.startsWith("SHA-256 of the text")) void stamp.takeDown(0);
  });
  expect(status).toBe(3);
  expect(out).toMatch(/^Not granted: .*broke off/);
  expect(said).toContain("The question was taken back before it was answered.");
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
  questions.follow(aQuestion({ questionId: "q1" }));
  questions.follow(aQuestion({ questionId: "q2" }));
  await expect.poll(() => ended(0).said).toContain("The question is not open any more.");
  expect(answered).toEqual(["q2"]);
  questions.end();
});
