import { enumValue } from "../clixml/build.ts";
import { booleanOf, integerOf, itemsOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { readHostInfo, writeHostInfo } from "./hostInfo.ts";
import { apartmentState } from "./initRunspacePool.ts";
import { members, objectList } from "./objects.ts";
import type {
  PipelineArgument,
  PipelineCommand,
  PipelineDescription,
  PipelineMerges,
} from "./pipelineDescription.ts";
import { PsrpError } from "./psrpError.ts";

/** The content of CREATE_PIPELINE, members in the order of the recordings ([MS-PSRP] 2.2.2.10). */
export function writePipeline(pipeline: PipelineDescription): ClixmlValue {
  return members({
    NoInput: pipeline.noInput,
    ApartmentState: apartmentState,
    RemoteStreamOptions: enumValue(
      "System.Management.Automation.RemoteStreamOptions",
      pipeline.remoteStreamOptions === 15 ? "AddInvocationInfo" : String(pipeline.remoteStreamOptions),
      pipeline.remoteStreamOptions,
    ),
    AddToHistory: pipeline.addToHistory,
    HostInfo: writeHostInfo(pipeline.host),
    PowerShell: powerShell(pipeline),
    IsNested: pipeline.isNested,
  });
}

const powerShell = (pipeline: PipelineDescription): ClixmlValue => {
  const [first = [], ...more] = pipeline.statements;
  // The first statement stands twice, written out both times as PowerShell does: never a Ref from one to the other.
  const statements = pipeline.statements.map((commands) => members({ Cmds: writeStatement(commands) }));
  return members({
    IsNested: pipeline.isNested,
    ExtraCmds: more.length > 0 ? objectList(statements) : null,
    Cmds: writeStatement(first),
    History: pipeline.history,
    RedirectShellErrorOutputPipe: pipeline.redirectErrors,
  });
};

const writeStatement = (commands: readonly PipelineCommand[]): ClixmlValue =>
  objectList(commands.map(writeCommand));

const resultTypes = "System.Management.Automation.Runspaces.PipelineResultTypes";
const resultNames = ["None", "Output", "Error", "Warning", "Verbose", "Debug", "Information", "All", "Null"];
const result = (number: number): ClixmlValue => enumValue(resultTypes, resultNames[number] ?? "None", number);

const writeCommand = (command: PipelineCommand): ClixmlValue =>
  members({
    Cmd: command.text,
    IsScript: command.isScript,
    UseLocalScope: command.useLocalScope,
    MergeMyResult: result(command.merges.myResult),
    MergeToResult: result(command.merges.toResult),
    MergePreviousResults: result(command.merges.previousResults),
    Args: objectList(command.arguments.map(({ name, value }) => members({ N: name, V: value }))),
    MergeError: result(command.merges.error),
    MergeWarning: result(command.merges.warning),
    MergeVerbose: result(command.merges.verbose),
    MergeDebug: result(command.merges.debug),
    MergeInformation: result(command.merges.information),
  });

/** Reads by name. Throws PsrpError `badMessage` where there is nothing to run. */
export function readPipeline(value: ClixmlValue): PipelineDescription {
  const shell = property(value, "PowerShell");
  if (shell === undefined || shell === null)
    throw new PsrpError("badMessage", "a CREATE_PIPELINE without a PowerShell member");
  const statements = readStatements(shell);
  if (statements.length === 0 || statements.some((commands) => commands.length === 0))
    throw new PsrpError("badMessage", "a CREATE_PIPELINE without commands");
  const flag = (holder: ClixmlValue, name: string): boolean => booleanOf(property(holder, name)) ?? false;
  return {
    statements,
    noInput: flag(value, "NoInput"),
    addToHistory: flag(value, "AddToHistory"),
    history: textOf(property(shell, "History")),
    isNested: flag(value, "IsNested") || flag(shell, "IsNested"),
    redirectErrors: flag(shell, "RedirectShellErrorOutputPipe"),
    remoteStreamOptions: integerOf(property(value, "RemoteStreamOptions")) ?? 0,
    host: readHostInfo(property(value, "HostInfo")),
  };
}

/** ExtraCmds, where it is there, holds all statements, the first one included. */
const readStatements = (shell: ClixmlValue): readonly (readonly PipelineCommand[])[] => {
  const extra = itemsOf(property(shell, "ExtraCmds"));
  const lists = extra.length > 0 ? extra.map((item) => property(item, "Cmds")) : [property(shell, "Cmds")];
  return lists.map((list) => itemsOf(list).map(readCommand));
};

const readCommand = (value: ClixmlValue): PipelineCommand => {
  const text = textOf(property(value, "Cmd"));
  if (text === null) throw new PsrpError("badMessage", "a command without its Cmd text");
  return {
    text,
    isScript: booleanOf(property(value, "IsScript")) ?? false,
    useLocalScope: booleanOf(property(value, "UseLocalScope")),
    arguments: itemsOf(property(value, "Args")).map(readArgument),
    merges: readMerges(value),
  };
};

const readArgument = (value: ClixmlValue): PipelineArgument => ({
  name: textOf(property(value, "N")),
  value: property(value, "V") ?? null,
});

const readMerges = (value: ClixmlValue): PipelineMerges => {
  const number = (name: string): number => integerOf(property(value, name)) ?? 0;
  return {
    myResult: number("MergeMyResult"),
    toResult: number("MergeToResult"),
    previousResults: number("MergePreviousResults"),
    error: number("MergeError"),
    warning: number("MergeWarning"),
    verbose: number("MergeVerbose"),
    debug: number("MergeDebug"),
    information: number("MergeInformation"),
  };
};
