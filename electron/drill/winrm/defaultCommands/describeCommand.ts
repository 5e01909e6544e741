import { dictionary, enumValue, list, psObject } from "../../../protocol/clixml/build.ts";
import type { ClixmlObject } from "../../../protocol/clixml/value.ts";
import type { ParameterDeclaration, ParameterType, StampCommand } from "../../stampCommand.ts";

const automation = "System.Management.Automation";

/** How types are written in a syntax line. */
const shortTypes: Readonly<Record<ParameterType, string>> = {
  String: "string",
  Int32: "int",
  Switch: "switch",
  DateTime: "datetime",
  Object: "Object",
  StringArray: "string[]",
  PSCredential: "pscredential",
};

/** CommandTypes numbers ([MS-PSRP] 2.2.3.19). */
export function commandTypeOf(command: StampCommand): number {
  return command.kind === "Function" ? 2 : 8;
}

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
export function describeCommand(command: StampCommand): ClixmlObject {
  const type = command.kind === "Function" ? "FunctionInfo" : "CmdletInfo";
  const parameters = command.parameters.map(
    (parameter) => [parameter.name, `${automation}.ParameterMetadata`] as const,
  );
  return psObject({
    typeNames: [`${automation}.${type}`, `${automation}.CommandInfo`, "System.Object"],
    display: command.name,
    adapted: {
      HelpUri: "",
      Name: command.name,
      CommandType: enumValue(`${automation}.CommandTypes`, command.kind, commandTypeOf(command)),
      Source: command.module,
      Visibility: enumValue(`${automation}.SessionStateEntryVisibility`, "Public", 0),
      ModuleName: command.module,
      Module: command.module,
      RemotingCapability: enumValue(`${automation}.RemotingCapability`, "PowerShell", 1),
      Parameters: dictionary(parameters),
      ParameterSets: list([syntaxOf(command)]),
      Definition: syntaxOf(command),
    },
  });
}
