import { integerOf, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { PipelineCommand, PipelineDescription } from "../../protocol/psrp/pipelineDescription.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import { CommandError } from "../stampCommand.ts";
import type { BoundValue, StampCommand } from "../stampCommand.ts";
import { bindParameters } from "./bindParameters.ts";
import { commandVoice, mergesErrors } from "./commandVoice.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import type { EndpointSwitches } from "./endpointOptions.ts";
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
    const failure = await runStatement(statement, input, description.redirectErrors, around);
    around.signal.throwIfAborted();
    if (failure !== null && index === last) return failure;
    if (failure !== null) around.outlet.error(failure);
  }
  return null;
}

async function runStatement(
  statement: readonly PipelineCommand[],
  input: Promise<readonly ClixmlValue[]>,
  redirectsErrors: boolean,
  around: PipelineSurroundings,
): Promise<ErrorRecord | null> {
  try {
    const script = statement.find((command) => command.isScript);
    if (script !== undefined) return scriptsNotAllowed(script.text);
    const found = statement.map((command) => findCommand(command, around.commands));
    let passed = await input;
    const startsWithInput = passed.length > 0;
    const bound = statement.map((command, index) => bindAll(found, command, index, startsWithInput, around));
    for (const [index, command] of statement.entries())
      passed = await runCommand(
        { asked: command, found: found[index], bound: bound[index], isLast: index === statement.length - 1 },
        passed,
        redirectsErrors,
        around,
      );
    return null;
  } catch (error) {
    if (error instanceof StatementFailure) return error.record;
    throw error;
  }
}

function findCommand(command: PipelineCommand, commands: readonly StampCommand[]): StampCommand {
  const wanted = command.text.toLowerCase();
  const found = commands.find((one) => one.name.toLowerCase() === wanted);
  if (found === undefined) throw new StatementFailure(commandNotFound(command.text));
  return found;
}

function bindAll(
  found: readonly StampCommand[],
  command: PipelineCommand,
  index: number,
  startsWithInput: boolean,
  around: PipelineSurroundings,
): ReadonlyMap<string, BoundValue> {
  const target = found[index];
  if (target === undefined) return new Map();
  try {
    const hasInput = index > 0 || startsWithInput;
    return bindParameters(target.parameters, command.arguments, { hasInput, cipher: around.cipher });
  } catch (error) {
    if (error instanceof CommandError) throw new StatementFailure(recordOf(error, target.name));
    throw error;
  }
}

async function runCommand(
  step: {
    readonly asked: PipelineCommand;
    readonly found: StampCommand | undefined;
    readonly bound: ReadonlyMap<string, BoundValue> | undefined;
    readonly isLast: boolean;
  },
  input: readonly ClixmlValue[],
  redirectsErrors: boolean,
  around: PipelineSurroundings,
): Promise<readonly ClixmlValue[]> {
  const { found, bound } = step;
  if (found === undefined || bound === undefined) return [];
  const passedOn: ClixmlValue[] = [];
  const output = (value: ClixmlValue): void =>
    void (step.isLast ? around.outlet.output(value) : passedOn.push(value));
  const voice = commandVoice({
    command: found,
    outlet: around.outlet,
    output,
    mergesErrors: mergesErrors(step.asked),
    redirectsErrors,
    isVerbose: bound.get("Verbose") === true,
    lines: around.lines,
    today: around.today,
  });
  if (refusesInput(found, input)) {
    for (const item of input) voice.error(inputNotBound(item));
    return passedOn;
  }
  const { account, endpoint, culture, signal } = around;
  around.onRun(found.name);
  try {
    const values = found.run({
      name: found.name,
      parameters: bound,
      input,
      voice,
      account,
      endpoint,
      culture,
      signal,
    });
    for await (const value of values) {
      signal.throwIfAborted();
      output(value);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new StatementFailure(recordOf(error, found.name));
  }
  return passedOn;
}

const refusesInput = (command: StampCommand, input: readonly ClixmlValue[]): boolean =>
  input.length > 0 && !command.parameters.some((parameter) => parameter.fromPipeline);

const inputNotBound = (item: ClixmlValue): CommandError =>
  new CommandError(
    `The input object "${textOf(item) ?? integerOf(item) ?? ""}" cannot be bound to any parameters for the command.`,
    {
      errorId: "InputObjectNotBound",
      category: 5,
      exceptionType: "System.Management.Automation.ParameterBindingException",
    },
  );
