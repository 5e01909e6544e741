import { dictionary, enumValue, list, psObject } from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import type { MetadataQuestion } from "../../protocol/psrp/commandMetadata.ts";
import type { ParameterDeclaration, StampCommand } from "../stampCommand.ts";
import { commonParameters, preferenceNames } from "./commonParameters.ts";
import { commandTypeOf, listCommands } from "./defaultCommands/listCommands.ts";
import type { ListedCommand } from "./defaultCommands/listCommands.ts";
import { wildcard } from "./defaultCommands/wildcard.ts";
import { netTypes } from "./netTypes.ts";

const automation = "System.Management.Automation";
const stringList = [
  "System.Collections.ObjectModel.Collection`1[[System.String, mscorlib]]",
  "System.Object",
];
const typeList = [
  "System.Collections.ObjectModel.ReadOnlyCollection`1[[System.Management.Automation.PSTypeName, System.Management.Automation]]",
  "System.Object",
];

/** The answer to GET_COMMAND_METADATA: a count, then one object a command (protocol 6.12). No such name: count 0. */
export function answerMetadata(
  question: MetadataQuestion,
  commands: readonly StampCommand[],
): readonly ClixmlObject[] {
  const modules = question.namespaces.map(wildcard);
  const found = listCommands(commands, question.names, question.commandType).filter(
    ({ command }) => modules.length === 0 || modules.some((fits) => fits(command.module)),
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

/** All with the common parameters: a proxy that Import-PSSession makes has only what stands here. */
function describe(listed: ListedCommand): ClixmlObject {
  const { name, isAlias, command } = listed;
  const kind = isAlias ? "Alias" : command.kind;
  const parameters = [...command.parameters, ...commonParameters].map(
    (parameter) => [parameter.name, describeParameter(parameter)] as const,
  );
  return psObject({
    typeNames: [`Selected.${automation}.${kind}Info`, `${automation}.PSCustomObject`, "System.Object"],
    extended: {
      Name: name,
      Namespace: isAlias ? "" : command.module,
      HelpUri: "",
      CommandType: enumValue(`${automation}.CommandTypes`, kind, commandTypeOf(listed)),
      ResolvedCommandName: isAlias ? command.name : null,
      OutputType: list([], typeList),
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
      ParameterType: preferenceNames.has(parameter.name)
        ? `${automation}.ActionPreference`
        : netTypes[parameter.type],
      Aliases: list(parameter.aliases ?? [], stringList),
      IsDynamic: false,
      SwitchParameter: parameter.type === "Switch",
    },
  });
