import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { PipelineCommand, PipelineDescription } from "../../protocol/psrp/pipelineDescription.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import { CommandError } from "../stampCommand.ts";
import type { BoundValue, CommandReceiver, CommandVoice, StampCommand } from "../stampCommand.ts";
import { askMissing } from "./askMissing.ts";
import { bindGiven } from "./bindParameters.ts";
import { commandVoice, errorActionOf, mergesErrors } from "./commandVoice.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import type { EndpointSwitches } from "./endpointOptions.ts";
import { displayText } from "./formatting/displayText.ts";
import { commandNotFound, recordOf, scriptsNotAllowed } from "./pipelineErrors.ts";

/** What a pipeline of the NoLanguage session runs in. */
export type PipelineSurroundings = {
  readonly commands: readonly StampCommand[];
  readonly outlet: PipelineOutlet;
  /** All input, once its end came; empty at once where there is none. */
  readonly input: Promise<readonly ClixmlValue[]>;
  readonly cipher: SessionCipher | null;
  readonly account: string;
  readonly endpoint: string;
  readonly culture: string;
  readonly lines: EndpointSwitches["lines"];
  readonly today: () => Date;
  readonly onRun: (name: string) => void;
  readonly signal: AbortSignal;
};

/** Ends a statement: carries the record as it goes on the wire. */
class StatementFailure extends Error {
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super(record.errorId);
    this.record = record;
  }
}

/**
 * Runs the statements one after the other; gives the error of the last one, or null. An earlier statement that fails
 * leaves its error behind and the next goes on ([R], protocol 6.7). Rejects only when the pipeline is stopped.
 */
export async function runPipeline(
  description: PipelineDescription,
  around: PipelineSurroundings,
): Promise<ErrorRecord | null> {
  const last = description.statements.length - 1;
  for (const [index, statement] of description.statements.entries()) {
    const input = index === 0 ? around.input : Promise.resolve([]);
    // Input that was announced may bring what is mandatory, even if none comes then.
    const startsWithInput = index === 0 && !description.noInput;
    const fed = { input, startsWithInput };
    const failure = await runStatement(statement, fed, description.redirectErrors, around);
    around.signal.throwIfAborted();
    if (failure !== null && index === last) return failure;
    if (failure !== null) around.outlet.error(failure);
  }
  return null;
}

type Step = {
  readonly asked: PipelineCommand;
  readonly found: StampCommand;
  readonly bound: ReadonlyMap<string, BoundValue>;
  /** Of a command that takes objects one by one. */
  readonly receiver: CommandReceiver | null;
};

async function runStatement(
  statement: readonly PipelineCommand[],
  fed: { readonly input: Promise<readonly ClixmlValue[]>; readonly startsWithInput: boolean },
  redirectsErrors: boolean,
  around: PipelineSurroundings,
): Promise<ErrorRecord | null> {
  const steps: Step[] = [];
  try {
    const script = statement.find((command) => command.isScript);
    if (script !== undefined) return scriptsNotAllowed(script.text);
    const targets = statement.map((command) => findTarget(command, around.commands));
    let passed = await fed.input;
    for (const [index, target] of targets.entries())
      steps.push(await prepare(target, index, fed.startsWithInput, around));
    for (const index of steps.keys()) passed = await runStep(steps, index, passed, redirectsErrors, around);
    return null;
  } catch (error) {
    // What came through before the failure is drawn.
    for (const { receiver } of steps) receiver?.end();
    if (error instanceof StatementFailure) return error.record;
    throw error;
  }
}

type Target = Pick<Step, "asked" | "found">;

/** Whoever writes `-?` behind a command gets its help, and the command does not run. */
function findTarget(asked: PipelineCommand, commands: readonly StampCommand[]): Target {
  const found = findCommand(asked.text, commands);
  if (!asked.arguments.some(({ name }) => name !== null && /^-?\?\s*$/.test(name))) return { asked, found };
  const help = { ...asked, text: "Get-Help", arguments: [{ name: "Name", value: found.name }] };
  return { asked: help, found: findCommand(help.text, commands) };
}

function findCommand(name: string, commands: readonly StampCommand[]): StampCommand {
  const wanted = name.toLowerCase();
  const found = commands.find((one) =>
    [one.name, ...(one.aliases ?? [])].some((each) => each.toLowerCase() === wanted),
  );
  if (found === undefined) throw new StatementFailure(commandNotFound(name));
  return found;
}

/** Binds, and asks for what is missing: each command in its turn, and all of them before the first one runs. */
async function prepare(
  { asked, found }: Target,
  index: number,
  startsWithInput: boolean,
  around: PipelineSurroundings,
): Promise<Step> {
  const { outlet, cipher } = around;
  const hasInput = index > 0 || startsWithInput;
  try {
    const given = bindGiven(found.parameters, asked.arguments, cipher);
    const bound = await askMissing(found, index + 1, given, { outlet, hasInput, cipher });
    const voice = voiceOf({ asked, found, bound }, () => undefined, false, around);
    const receiver = found.opens?.({ ...invocationOf(found, bound, around), voice }) ?? null;
    return { asked, found, bound, receiver };
  } catch (error) {
    around.signal.throwIfAborted();
    if (error instanceof CommandError) throw new StatementFailure(recordOf(error, found.name));
    throw error;
  }
}

/** Runs one command to its end; gives what it passes on, as far as the next one has not taken it. */
async function runStep(
  steps: readonly Step[],
  index: number,
  input: readonly ClixmlValue[],
  redirectsErrors: boolean,
  around: PipelineSurroundings,
): Promise<readonly ClixmlValue[]> {
  const step = steps[index];
  if (step === undefined) return [];
  around.onRun(step.found.name);
  if (step.receiver !== null) {
    for (const item of input) step.receiver.take(item);
    step.receiver.end();
    return [];
  }
  const passedOn: ClixmlValue[] = [];
  const next = steps[index + 1];
  const output = (value: ClixmlValue): void => {
    if (next === undefined) around.outlet.output(value);
    else if (next.receiver === null) passedOn.push(value);
    else next.receiver.take(value);
  };
  const voice = voiceOf(step, output, redirectsErrors, around);
  try {
    await runCommand(step, input, voice, output, around);
  } catch (error) {
    around.signal.throwIfAborted();
    throw new StatementFailure(recordOf(error, step.found.name));
  }
  return passedOn;
}

async function runCommand(
  { found, bound }: Pick<Step, "found" | "bound">,
  input: readonly ClixmlValue[],
  voice: CommandVoice,
  output: (value: ClixmlValue) => void,
  around: PipelineSurroundings,
): Promise<void> {
  if (refusesInput(found, input)) {
    for (const item of input) voice.error(inputNotBound(item));
    return;
  }
  for await (const value of found.run({ ...invocationOf(found, bound, around), voice, input })) {
    around.signal.throwIfAborted();
    output(value);
  }
}

const invocationOf = (
  found: StampCommand,
  bound: ReadonlyMap<string, BoundValue>,
  { account, endpoint, culture, signal }: PipelineSurroundings,
) => ({ name: found.name, parameters: bound, account, endpoint, culture, signal });

const voiceOf = (
  { asked, found, bound }: Pick<Step, "asked" | "found" | "bound">,
  output: (value: ClixmlValue) => void,
  redirectsErrors: boolean,
  around: PipelineSurroundings,
): CommandVoice =>
  commandVoice({
    command: found,
    outlet: around.outlet,
    output,
    mergesErrors: mergesErrors(asked),
    redirectsErrors,
    isVerbose: bound.get("Verbose") === true,
    errorAction: errorActionOf(bound.get("ErrorAction")),
    lines: around.lines,
    today: around.today,
  });

const refusesInput = (command: StampCommand, input: readonly ClixmlValue[]): boolean =>
  input.length > 0 && !command.parameters.some((parameter) => parameter.fromPipeline);

const inputNotBound = (item: ClixmlValue): CommandError =>
  new CommandError(
    "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.",
    {
      errorId: "InputObjectNotBound",
      category: 5,
      exceptionType: "System.Management.Automation.ParameterBindingException",
      target: displayText(item),
      targetType: "PSObject",
    },
  );
