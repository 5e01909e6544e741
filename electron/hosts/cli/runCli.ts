import type { ConsoleClient, Operation, Target } from "#contract";
import { exitCode, exitCodeOf, UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";
import { operations, readInput, runOperation } from "./operations.ts";
import { type Options, readFields, readOptions } from "./options.ts";
import { readPasswordFile } from "./passwordFile.ts";
import { guarded, sentenceOf } from "./print.ts";
import { adHocTarget, findTarget, signIn } from "./target.ts";
import { usage, verbs, verbUsage } from "./usage.ts";

/** A console made for one command line; `close` waits until what was begun is recorded. */
export type OpenedConsole = { readonly client: ConsoleClient; close(): Promise<void> };

/** What the command line needs from its process. */
export type CliHost = {
  openConsole(options: {
    readonly dataFolder: string | null;
    readonly extraTarget: Target | null;
  }): Promise<OpenedConsole>;
  /** Programs of other hosts that share the command. */
  readonly programs: ReadonlyMap<string, Program>;
};

export type Program = {
  readonly usage: readonly string[];
  /** Their arguments in, their exit status out. */
  readonly run: (args: readonly string[]) => Promise<number>;
};

/** Runs one command line; gives the exit status. Failures go to standard error as one sentence. */
export async function runCli(args: readonly string[], io: CliIo, host: CliHost): Promise<number> {
  const [name = "help", ...rest] = args;
  const safe = guarded(io);
  try {
    return await dispatch(name, rest, safe, host);
  } catch (error) {
    safe.say(sentenceOf(error));
    return exitCodeOf(error);
  }
}

function dispatch(name: string, args: readonly string[], io: CliIo, host: CliHost): Promise<number> {
  const program = host.programs.get(name);
  if (program !== undefined) return wantsHelp(args) ? tell(program.usage, io) : program.run(args);
  const operation = operations.get(name);
  if (operation !== undefined) return runDotted(name, operation, args, io, host);
  return runVerb(name, args, io, host);
}

const wantsHelp = (args: readonly string[]): boolean => args.includes("--help") || args.includes("-h");

async function tell(lines: readonly string[], io: CliIo): Promise<number> {
  for (const line of lines) io.out(line);
  return exitCode.done;
}

async function runVerb(name: string, args: readonly string[], io: CliIo, host: CliHost): Promise<number> {
  const verb = verbs.get(name);
  if (["help", "--help", "-h"].includes(name)) return tell(usage(), io);
  if (verb === undefined)
    throw new UsageError(`There is no command "${name}". \`rsc help\` lists those there are.`);
  if (wantsHelp(args)) return tell(verbUsage(name, verb), io);
  const options = readOptions(args, verb.options);
  const run = verb.prepare(options);
  return withConsole(options, host, (console) => run(console, io));
}

async function runDotted(
  name: string,
  operation: Operation,
  args: readonly string[],
  io: CliIo,
  host: CliHost,
): Promise<number> {
  const { options, fields } = readFields(args);
  if (options.help === true) {
    io.out(`${name} takes ${JSON.stringify(operation.input.toJSONSchema())}`);
    return exitCode.done;
  }
  if (fields.has("password"))
    throw new UsageError(
      "A password on the line shows in this machine's list of processes. Give --password-file FILE, or - for standard input.",
    );
  const given = new Map(fields);
  const inputNames = Object.keys((operation.input as { readonly shape?: object }).shape ?? {});
  if (!inputNames.includes("account")) given.delete("account");
  if (inputNames.includes("password") && options["password-file"] !== undefined) {
    given.set("password", await readPasswordFile(options["password-file"], io));
  }
  const needsTarget = inputNames.includes("targetId");
  // Without a target on the line the input must be whole by itself, and a wrong one opens nothing.
  const named = options.target !== undefined || options.endpoint !== undefined;
  if (!(needsTarget && named)) readInput(operation, given);
  return withConsole(options, host, async (console) => {
    if (needsTarget && named) {
      const target = await findTarget(console, options, io.signal);
      if (!withoutSignIn.has(name)) await signIn(console, target, options, io);
      given.set("targetId", target.id);
    }
    return runOperation(console, name, readInput(operation, given), io);
  });
}

/** What comes before a sign-in, or is one. */
const withoutSignIn: ReadonlySet<string> = new Set([
  "targets.signIn",
  "targets.certificate",
  "targets.trust",
]);

async function withConsole(
  options: Options,
  host: CliHost,
  act: (console: ConsoleClient) => Promise<number>,
): Promise<number> {
  const extraTarget = adHocTarget(options);
  const opened = await host.openConsole({ dataFolder: options.data ?? null, extraTarget });
  try {
    return await act(opened.client);
  } finally {
    await opened.close();
  }
}
