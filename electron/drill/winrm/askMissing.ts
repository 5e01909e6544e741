import { arrayList } from "../../protocol/clixml/build.ts";
import { entriesOf, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { hostMethods } from "../../protocol/psrp/hostMethods.ts";
import { members } from "../../protocol/psrp/objects.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import { CommandError } from "../stampCommand.ts";
import type { BoundValue, ParameterDeclaration, StampCommand } from "../stampCommand.ts";
import { bindOne, missingMandatory, missingParameters } from "./bindParameters.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import { netTypes } from "./netTypes.ts";

/**
 * Asks the client's host for mandatory parameters that were not given, as PowerShell does: one Prompt (host call 23)
 * with a field for each. What is answered is bound by name ([R7] conformance 04). Throws CommandError
 * MissingMandatoryParameter where nobody can be asked or nothing is answered.
 */
export async function askMissing(
  command: StampCommand,
  /** From 1, as the question names it. */
  position: number,
  bound: ReadonlyMap<string, BoundValue>,
  around: {
    readonly outlet: PipelineOutlet;
    readonly hasInput: boolean;
    readonly cipher: SessionCipher | null;
  },
): Promise<ReadonlyMap<string, BoundValue>> {
  const missing = missingMandatory(command.parameters, bound, around.hasInput);
  if (missing.length === 0) return bound;
  if (!around.outlet.hasInterface) throw missingParameters(missing);
  const answers = await askFor(command, position, missing, around.outlet);
  if (answers.length === 0) throw missingParameters(missing);
  const completed = new Map(bound);
  for (const [name, value] of answers)
    bindOne(completed, command.parameters, textOf(name) ?? "", value, around.cipher);
  const left = missingMandatory(command.parameters, completed, around.hasInput);
  if (left.length > 0) throw missingParameters(left);
  return completed;
}

async function askFor(
  command: StampCommand,
  position: number,
  missing: readonly ParameterDeclaration[],
  outlet: PipelineOutlet,
): Promise<readonly (readonly [ClixmlValue, ClixmlValue])[]> {
  const answer = await outlet.askHost(hostMethods.prompt, [
    `cmdlet ${command.name} at command pipeline position ${position}`,
    "Supply values for the following parameters:",
    arrayList(missing.map(fieldOf)),
  ]);
  if (answer.error === null) return entriesOf(answer.result);
  // The client's error goes on under its own name, as a remote one ([R7] conformance 06).
  throw new CommandError(answer.error.message, {
    errorId: answer.error.errorId,
    category: answer.error.category,
    exceptionType: "System.Management.Automation.RemoteException",
    isWholeId: true,
  });
}

/** FieldDescription ([MS-PSRP] 2.2.3.13), as it was recorded. */
function fieldOf(parameter: ParameterDeclaration): ClixmlValue {
  const type = netTypes[parameter.type];
  return members({
    name: parameter.name,
    label: `&${parameter.name}`,
    parameterTypeName: type.slice(type.lastIndexOf(".") + 1),
    parameterTypeFullName: type,
    parameterAssemblyFullName: `${type}, ${assemblyOf(type)}`,
    helpMessage: "",
    isMandatory: true,
    metadata: arrayList([]),
    modifiedByRemotingProtocol: false,
    isFromRemoteHost: false,
  });
}

/** The assemblies of .NET Framework 4, on which Windows PowerShell 5.1 runs. */
const assemblyOf = (type: string): string =>
  type.startsWith("System.Management.Automation.")
    ? "System.Management.Automation, Version=3.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35"
    : "mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089";
