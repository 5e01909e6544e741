import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import type { CliIo } from "./io.ts";

/** `withdrawn`: nobody wants to know any more. `none`: the input ended, or the person interrupts. */
export type Answer = "yes" | "no" | "withdrawn" | "none";

/** A person at the terminal while something runs that may ask. One question at a time. */
export type Person = {
  /** Asks until the person types Yes or No in full. */
  askYesOrNo(question: string, withdrawn: AbortSignal): Promise<Answer>;
  /** Lets go of the terminal: nothing waits for a line any more. */
  leave(): void;
};

/**
 * Reads the terminal from now on: what is typed while nothing is asked is dropped, so that no line can answer a question
 * that its writer has not seen.
 */
export function listenToPerson(io: CliIo): Person {
  let hear: ((line: string | null) => void) | null = null;
  // An input that ended or failed before does not tell it again.
  let isGone = !io.stdin.readable;
  const screen = screenOf(io);
  const reader = readerOf(io, screen);
  reader.on("line", (line) => hear?.(line));
  // Read key by key, Ctrl-C is a key like others, and nobody else hears of it.
  reader.on("SIGINT", () => {
    io.interrupt?.();
    hear?.(null);
  });
  reader.once("close", () => {
    isGone = true;
    hear?.(null);
  });

  /** The next line; null when none comes. */
  const nextLine = (prompt: string, withdrawn: AbortSignal): Promise<string | null> => {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    if (isGone || io.signal.aborted || withdrawn.aborted) return Promise.resolve(null);
    const none = AbortSignal.any([io.signal, withdrawn]);
    const leave = (): void => hear?.(null);
    hear = (line) => {
      hear = null;
      none.removeEventListener("abort", leave);
      reader.setPrompt("");
      // Nobody pressed Enter: what is said next has a line of its own.
      if (line === null) screen.write("\n");
      resolve(line);
    };
    none.addEventListener("abort", leave, { once: true });
    // What was half typed before is no beginning of this line; no key deletes all of it on every kind of terminal.
    Object.assign(reader, { line: "", cursor: 0 });
    reader.setPrompt(prompt);
    reader.prompt();
    return promise;
  };

  return {
    askYesOrNo: async (question, withdrawn) => {
      for (;;) {
        const line = await nextLine(`${question} Type Yes or No: `, withdrawn);
        if (withdrawn.aborted) return "withdrawn";
        if (line === null) return "none";
        const word = line.trim().toLowerCase();
        if (word === "yes" || word === "no") return word;
        io.say("Please type the whole word, Yes or No.");
      }
    },
    leave: () => reader.close(),
  };
}

/** Reads a password without showing it. Null when there is none to be had. */
export function askPassword(io: CliIo, account: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  if (!io.stdin.readable || io.signal.aborted) return Promise.resolve(null);
  const screen = screenOf(io);
  const reader = readerOf(io, new Writable({ write: (_chunk, _encoding, done) => done() }));
  // Only now: the terminal shows nothing any more, also of what is typed or pasted at once.
  screen.write(`Password of ${account}: `);
  let isOver = false;
  const finish = (password: string | null): void => {
    if (isOver) return;
    isOver = true;
    io.signal.removeEventListener("abort", leave);
    reader.close();
    screen.write("\n");
    resolve(password);
  };
  const leave = (): void => finish(null);
  io.signal.addEventListener("abort", leave, { once: true });
  reader.once("line", finish);
  reader.once("close", leave);
  reader.once("SIGINT", leave);
  return promise;
}

/** Reads the terminal key by key and keeps nothing of what was typed. Closing it gives the terminal back as it was. */
function readerOf(io: CliIo, output: Writable): Interface {
  const reader = createInterface({
    input: io.stdin,
    output,
    terminal: io.interactive,
    historySize: 0,
    prompt: "",
  });
  // A terminal that was closed can neither be read nor be set back (EIO), which the closing itself may show.
  reader.on("error", () => queueMicrotask(() => reader.close()));
  // Ctrl-Z: a sleeping process would leave the endpoint waiting, and its terminal would show a password again.
  reader.on("SIGTSTP", () => undefined);
  return reader;
}

const screenOf = (io: CliIo): Writable => io.screen ?? process.stderr;
