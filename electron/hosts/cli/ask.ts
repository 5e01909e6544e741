import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { CliIo } from "./io.ts";

/** Asks until the person types Yes or No in full. Null when the input ends or the person interrupts: that is no answer. */
export async function askYesOrNo(io: CliIo, question: string): Promise<"yes" | "no" | null> {
  for (;;) {
    const answer = await readLine(io, `${question} Type Yes or No: `, true);
    if (answer === null) return null;
    const word = answer.trim().toLowerCase();
    if (word === "yes" || word === "no") return word;
    io.say("Please type the whole word, Yes or No.");
  }
}

/** Reads a password without showing it. Null when there is none to be had. */
export function askPassword(io: CliIo, account: string): Promise<string | null> {
  return readLine(io, `Password of ${account}: `, false);
}

function readLine(io: CliIo, prompt: string, shown: boolean): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  // An input that ended under the question before does not tell it again.
  if (io.stdin.readableEnded) return Promise.resolve(null);
  const screen = io.screen ?? process.stderr;
  const output = shown ? screen : new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: io.stdin, output, terminal: io.interactive });
  // Only now: the terminal shows nothing any more, also of what is typed or pasted at once.
  screen.write(prompt);
  const finish = (answer: string | null): void => {
    io.signal.removeEventListener("abort", leave);
    resolve(answer);
    reader.close();
    if (!shown) screen.write("\n");
  };
  const leave = (): void => finish(null);
  io.signal.addEventListener("abort", leave, { once: true });
  reader.once("line", finish);
  reader.once("close", leave);
  reader.once("SIGINT", leave);
  return promise;
}
