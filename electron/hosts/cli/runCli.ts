import type { CliHost } from "./cliHost.ts";
import { exitCode, exitCodeOf, UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";
import { operations } from "./operations.ts";
import { readOptions } from "./options.ts";
import { guarded, sentenceOf } from "./print.ts";
import { wantsHelp } from "../wantsHelp.ts";
import { runDotted, tellShape } from "./runDotted.ts";
import { usage, verbs, verbUsage } from "./usage.ts";
import { withConsole } from "./withConsole.ts";

/** Runs one command line; gives the exit status. Failures go to standard error as one sentence. */
export async function runCli(args: readonly string[], io: CliIo, host: CliHost): Promise<number> {
  const [name = "help", ...rest] = asked(args);
  const safe = guarded(io);
  try {
    return await dispatch(name, rest, safe, host);
  } catch (error) {
    safe.say(sentenceOf(error));
    return exitCodeOf(error);
  }
}

async function dispatch(name: string, args: readonly string[], io: CliIo, host: CliHost): Promise<number> {
  const program = host.programs.get(name);
  if (program !== undefined) return wantsHelp(args) ? tell(program.usage, io) : program.run(args);
  const operation = operations.get(name);
  if (operation !== undefined)
    return wantsHelp(args) ? tellShape(name, operation, io) : runDotted(name, operation, args, io, host);
  return runVerb(name, args, io, host);
}

/** `help grant` asks what `grant --help` does. */
function asked(args: readonly string[]): readonly string[] {
  const [first, about] = args;
  return first === "help" && about !== undefined ? [about, "--help"] : args;
}

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
  const signsIn = verb.beforeSignIn !== true;
  return withConsole(options, { signsIn }, host, (console) => run(console, io));
}
