import { dictionary, enumValue, list, psObject } from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import type { MetadataQuestion } from "../../protocol/psrp/commandMetadata.ts";
import type { ParameterDeclaration, ParameterType, StampCommand } from "../stampCommand.ts";
import { commandTypeOf } from "./defaultCommands/describeCommand.ts";
import { wildcard } from "./defaultCommands/wildcard.ts";

const automation = "System.Management.Automation";
const stringList = [
  "System.Collections.ObjectModel.Collection`1[[System.String, mscorlib]]",
  "System.Object",
];

const netTypes: Readonly<Record<ParameterType, string>> = {
  String: "System.String",
  Int32: "System.Int32",
  Switch: "System.Management.Automation.SwitchParameter",
  DateTime: "System.DateTime",
  Object: "System.Object",
  StringArray: "System.String[]",
  PSCredential: "System.Management.Automation.PSCredential",
};

/** The answer to GET_COMMAND_METADATA: a count, then one object a command (protocol 6.12). No such name: count 0. */
export function answerMetadata(
  question: MetadataQuestion,
  commands: readonly StampCommand[],
): readonly ClixmlObject[] {
  const names = question.names.map(wildcard);
  const found = commands.filter(
    (command) =>
      (commandTypeOf(command) & question.commandType) !== 0 &&
      (names.length === 0 || names.some((fits) => fits(command.name))),
  );
  const count = psObject({
    typeNames: [
      "Selected.Microsoft.PowerShell.Commands.GenericMeasureInfo",
      `${automation}.PSCustomObject`,
      "System.Object",
    ],
    extended: { Count: found.length },
  });
  return [count, ...found.map(describe)];
}

function describe(command: StampCommand): ClixmlObject {
  const type = command.kind === "Function" ? "FunctionInfo" : "CmdletInfo";
  const parameters = command.parameters.map(
    (parameter) => [parameter.name, describeParameter(parameter)] as const,
  );
  return psObject({
    typeNames: [`Selected.${automation}.${type}`, `${automation}.PSCustomObject`, "System.Object"],
    extended: {
      Name: command.name,
      Namespace: command.module,
      HelpUri: "",
      CommandType: enumValue(`${automation}.CommandTypes`, command.kind, commandTypeOf(command)),
      ResolvedCommandName: null,
      OutputType: list([]),
      Parameters: dictionary(parameters),
    },
  });
}

const describeParameter = (parameter: ParameterDeclaration): ClixmlValue =>
  psObject({
    typeNames: [`${automation}.ParameterMetadata`, "System.Object"],
    display: `${automation}.ParameterMetadata`,
    adapted: {
      Name: parameter.name,
      ParameterType: netTypes[parameter.type],
      Aliases: list(parameter.aliases ?? [], stringList),
      IsDynamic: false,
      SwitchParameter: parameter.type === "Switch",
    },
  });
