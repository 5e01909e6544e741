import { arrayList } from "../../protocol/clixml/build.ts";
import { integerOf, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { hostMethods } from "../../protocol/psrp/hostMethods.ts";
import { members } from "../../protocol/psrp/objects.ts";
import type { PipelineCommand } from "../../protocol/psrp/pipelineDescription.ts";
import { writeHostLine, writeProgress } from "../../protocol/psrp/records.ts";
import type { ProgressRecord } from "../../protocol/psrp/records.ts";
import { CommandError } from "../stampCommand.ts";
import type { BoundValue, CommandVoice, StampCommand } from "../stampCommand.ts";
import type { EndpointSwitches } from "./endpointOptions.ts";
import { recordOf } from "./pipelineErrors.ts";

/** What a client's host said to a question. */
export type HostAnswer = { readonly result: ClixmlValue; readonly error: ErrorRecord | null };

/** Where one pipeline's words go; silent once the pipeline is over. */
export type PipelineOutlet = {
  output(value: ClixmlValue): void;
  error(record: ErrorRecord): void;
  say(kind: "warning" | "verbose", text: string): void;
  information(record: ClixmlValue): void;
  progress(record: ProgressRecord): void;
  /** A host method without result. */
  tellHost(method: number, parameters: readonly ClixmlValue[]): void;
  /** A host method with a result; rejects when the pipeline is stopped. */
  askHost(method: number, parameters: readonly ClixmlValue[]): Promise<HostAnswer>;
  /** The client declared a host with a user interface ([MS-PSRP] 2.2.3.14). */
  readonly hasInterface: boolean;
  readonly hasScreen: boolean;
  /** Characters in a line of that host; null where it did not say. */
  readonly width: number | null;
};

/** The voice of one command in a pipeline. */
export function commandVoice(parts: {
  readonly command: StampCommand;
  readonly outlet: PipelineOutlet;
  /** Where merged errors go: into the output of this command. */
  readonly output: (value: ClixmlValue) => void;
  readonly mergesErrors: boolean;
  readonly redirectsErrors: boolean;
  readonly isVerbose: boolean;
  readonly errorAction: ErrorAction;
  readonly lines: EndpointSwitches["lines"];
  readonly today: () => Date;
}): CommandVoice {
  const { command, outlet } = parts;
  const toHost = outlet.hasInterface && parts.lines !== "record";
  const toRecord = !outlet.hasInterface || parts.lines !== "hostCall";
  // The record goes first, then the call on the host ([R7] conformance 02, 04).
  const both = (record: () => void, method: number, parameters: readonly ClixmlValue[]): void => {
    if (toRecord) record();
    if (toHost) outlet.tellHost(method, parameters);
  };
  return {
    information: (line) =>
      both(
        () => outlet.information(writeHostLine(line, parts.today().toISOString())),
        hostMethods.writeLine2,
        [line],
      ),
    warning: (line) => both(() => outlet.say("warning", line), hostMethods.writeWarningLine, [line]),
    // VerbosePreference is SilentlyContinue: only -Verbose makes these lines heard.
    verbose: (line) => {
      if (parts.isVerbose) both(() => outlet.say("verbose", line), hostMethods.writeVerboseLine, [line]);
    },
    progress: (activity, status, percent) => {
      const record = progressOf(activity, status, percent);
      both(() => outlet.progress(record), hostMethods.writeProgress, [progressSource, writeProgress(record)]);
    },
    error: (error) => {
      if (parts.errorAction === "silent") return;
      if (parts.errorAction === "stop") throw error;
      const record = recordOf(error, command.name);
      if (parts.mergesErrors) parts.output(writeErrorRecord(record, false));
      else outlet.error(record);
    },
    choose: (caption, message, choices, defaultChoice) =>
      choose(command, outlet, [caption, message, arrayList(choices.map(choiceOf)), defaultChoice]),
    errorsAreRedirected: parts.redirectsErrors || parts.mergesErrors,
  };
}

/** A command merges its errors into its output by either generation of merge members ([MS-PSRP] 2.2.3.12). */
export function mergesErrors({ merges }: PipelineCommand): boolean {
  return merges.error === 1 || (merges.myResult === 2 && merges.toResult === 1);
}

/** What -ErrorAction makes of errors that do not end a command. */
export type ErrorAction = "continue" | "silent" | "stop";

/** By name or ActionPreference number: 0 SilentlyContinue, 1 Stop, 4 Ignore; all others go on. */
export function errorActionOf(value: BoundValue | undefined): ErrorAction {
  if (value === undefined || value === null || value instanceof Date || Array.isArray(value))
    return "continue";
  const word = textOf(value as ClixmlValue)?.toLowerCase() ?? "";
  if (["silentlycontinue", "ignore", "0", "4"].includes(word)) return "silent";
  return word === "stop" || word === "1" ? "stop" : "continue";
}

/** The source id of a progress record in a host call. */
const progressSource = 0n;

/** Without type names, as they were recorded. */
const choiceOf = (choice: { readonly label: string; readonly help: string }): ClixmlValue =>
  members({ label: choice.label, helpMessage: choice.help });

const progressOf = (activity: string, status: string, percent: number): ProgressRecord => ({
  activity,
  activityId: 0,
  status,
  currentOperation: null,
  parentActivityId: -1,
  // What is over has no percentage any more ([R7] conformance 17).
  percent: percent >= 100 ? -1 : Math.round(percent),
  secondsRemaining: -1,
  completed: percent >= 100,
});

/** PromptForChoice. The errors are those that a function of a real endpoint ends in (protocol 6.8, 6.10). */
async function choose(
  command: StampCommand,
  outlet: PipelineOutlet,
  parameters: readonly ClixmlValue[],
): Promise<number> {
  if (!outlet.hasInterface) throw noInterface(command);
  const answer = await outlet.askHost(hostMethods.promptForChoice, parameters);
  if (answer.error !== null) throw questionError(command, "RemoteException", answer.error.message);
  if (answer.result === null)
    throw questionError(
      command,
      "NullReferenceException",
      "Object reference not set to an instance of an object.",
    );
  const index = integerOf(answer.result);
  if (index === null || typeof answer.result === "string")
    throw questionError(command, "InvalidCastException", "Specified cast is not valid.");
  return index;
}

/** The id names what the method threw, and the record the call that failed ([R7] conformance 04b, 17). */
const questionError = (command: StampCommand, id: string, message: string): CommandError =>
  new CommandError(`Exception calling "ShouldContinue" with "2" argument(s): "${message}"`, {
    errorId: `${id},${command.name}`,
    category: 0,
    exceptionType: "System.Management.Automation.MethodInvocationException",
  });

function noInterface(command: StampCommand): CommandError {
  const message =
    "A command that prompts the user failed because the host program or the command type does not support user interaction.";
  if (command.kind === "Function") return questionError(command, "HostException", message);
  return new CommandError(message, {
    errorId: `HostFunctionNotImplemented,${command.name}`,
    category: 11,
    exceptionType: "System.Management.Automation.Host.HostException",
  });
}
