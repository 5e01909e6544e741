import { dictionary, enumValue, list, psObject, version } from "../../../protocol/clixml/build.ts";
import type { ClixmlObject } from "../../../protocol/clixml/value.ts";
import type { ParameterDeclaration, ParameterType, StampCommand } from "../../stampCommand.ts";
import { commonParameters } from "../commonParameters.ts";
import { commandTypeOf } from "./listCommands.ts";
import type { ListedCommand } from "./listCommands.ts";

const automation = "System.Management.Automation";

/** How types are written in a syntax line. */
export const shortTypes: Readonly<Record<ParameterType, string>> = {
  String: "string",
  Int32: "int",
  Switch: "switch",
  DateTime: "datetime",
  Object: "Object",
  StringArray: "string[]",
  PSCredential: "pscredential",
};

/** `[-AccessLevel] <string> [[-ExpireInMinutes] <int>] [<CommonParameters>]`. */
export function syntaxOf(command: StampCommand): string {
  return [...command.parameters.map(parameterSyntax), "[<CommonParameters>]"].join(" ");
}

function parameterSyntax(parameter: ParameterDeclaration): string {
  if (parameter.type === "Switch") return `[-${parameter.name}]`;
  const name = parameter.position === undefined ? `-${parameter.name}` : `[-${parameter.name}]`;
  const whole = `${name} <${shortTypes[parameter.type]}>`;
  return parameter.mandatory === true ? whole : `[${whole}]`;
}

/** A command as Get-Command gives it: below the first level everything is text (protocol 7.3, depth). */
export function describeCommand(listed: ListedCommand): ClixmlObject {
  const { command, isAlias, name } = listed;
  const kind = isAlias ? "Alias" : command.kind;
  const parameters = [...command.parameters, ...commonParameters].map(
    (parameter) => [parameter.name, `${automation}.ParameterMetadata`] as const,
  );
  return psObject({
    typeNames: [`${automation}.${kind}Info`, `${automation}.CommandInfo`, "System.Object"],
    display: name,
    adapted: {
      ...(isAlias ? { DisplayName: `${name} -> ${command.name}`, ResolvedCommandName: command.name } : {}),
      HelpUri: "",
      Name: name,
      CommandType: enumValue(`${automation}.CommandTypes`, kind, commandTypeOf(listed)),
      Source: isAlias ? "" : command.module,
      // A function out of no module has no version; those of a stamp show 0.0 (domain.md 2.4).
      Version: isAlias || command.module === "" ? null : version("0.0"),
      Visibility: enumValue(`${automation}.SessionStateEntryVisibility`, "Public", 0),
      ModuleName: isAlias ? "" : command.module,
      Module: command.module === "" ? null : command.module,
      RemotingCapability: enumValue(`${automation}.RemotingCapability`, "PowerShell", 1),
      CmdletBinding: true,
      DefaultParameterSet: null,
      Parameters: dictionary(parameters),
      ParameterSets: list([syntaxOf(command)]),
      Definition: isAlias ? command.name : syntaxOf(command),
    },
  });
}
