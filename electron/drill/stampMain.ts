import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { usualSpeed } from "./runningStamp.ts";
import type { RunningStamp, StampAccount } from "./runningStamp.ts";
import { readStampArguments, stampUsage, StampUsageError } from "./stampArguments.ts";
import type { AccountArgument, StampArguments } from "./stampArguments.ts";
import { startStamp } from "./startStamp.ts";

export type StampIo = {
  /** One line to standard output. */
  readonly out: (line: string) => void;
  /** One line to standard error. */
  readonly say: (line: string) => void;
  /** Aborted when the stamp shall stop. */
  readonly signal: AbortSignal;
  /** Read only under --until-stdin-ends; the process's own unless given. */
  readonly stdin?: Readable;
};

/** Runs the practice stamp until it is stopped; gives the exit status: 0 stopped, 1 could not start, 2 usage. */
export async function runStamp(argv: readonly string[], io: StampIo): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) return tellUsage(io);
  try {
    const options = readStampArguments(argv, usualSpeed);
    const [first, ...others] = options.accounts;
    await using stamp = await startStamp({
      ...options,
      ...accountFrom(first),
      others: others.map(accountFrom),
      onDamagedState: ({ setAsideAs, because }) =>
        io.say(
          `The kept state is damaged (${because}). It was set aside as ${setAsideAs}; a new one was begun.`,
        ),
    });
    for (const line of readyLines(stamp, options)) io.out(line);
    await ended(options, io);
    return 0;
  } catch (error) {
    io.say(error instanceof Error ? error.message : String(error));
    if (!(error instanceof StampUsageError)) return 1;
    for (const line of stampUsage()) io.say(line);
    return 2;
  }
}

function tellUsage(io: StampIo): number {
  for (const line of stampUsage()) io.out(line);
  return 0;
}

function accountFrom({ account, passwordFile }: AccountArgument): StampAccount {
  const password = passwordFrom(passwordFile);
  return { account, revealPassword: () => password };
}

function passwordFrom(path: string): string {
  try {
    const [line = ""] = decoded(readFileSync(path)).split(/\r?\n/, 1);
    if (line !== "") return line;
  } catch (cause) {
    throw new StampUsageError(`--password-file ${path} cannot be read.`, { cause });
  }
  throw new StampUsageError(`--password-file ${path} has an empty first line.`);
}

/** UTF-8, or UTF-16 where the file says so (PowerShell's `>`); the mark itself is left out. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

function readyLines(stamp: RunningStamp, options: StampArguments): readonly string[] {
  const { endpoints, account, configuration, transport, certificateSha256 } = stamp;
  const accounts = options.accounts.map((one) => one.account);
  if (options.json) {
    const who = { account, accounts };
    const how = { configuration, transport, certificateSha256, pid: process.pid };
    return [JSON.stringify({ endpoints, ...who, ...how })];
  }
  return [
    "PRACTICE stamp: simulated, nothing in it is real.",
    ...endpoints.map(({ name, host, port }) => `  ${name}  ${transport}://${host}:${port}`),
    ...(certificateSha256 === null ? [] : [`  certificate SHA-256 ${certificateSha256}`]),
    `  ${accounts.length > 1 ? "accounts" : "account"} ${accounts.join(", ")}; session configuration ${configuration}`,
    "It runs until it is interrupted (Ctrl-C).",
  ];
}

async function ended(options: StampArguments, io: StampIo): Promise<void> {
  const stdin = io.stdin ?? process.stdin;
  if (io.signal.aborted || (options.untilStdinEnds && stdin.readableEnded)) return;
  const waiting = new AbortController();
  const ends = [once(io.signal, "abort", { signal: waiting.signal })];
  if (options.untilStdinEnds) ends.push(once(stdin.resume(), "end", { signal: waiting.signal }));
  await Promise.race(ends);
  waiting.abort();
  await Promise.allSettled(ends);
  if (options.untilStdinEnds) stdin.pause();
}
