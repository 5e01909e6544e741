import { list, psObject } from "../../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import { CommandError } from "../../stampCommand.ts";
import type { Invocation, ParameterDeclaration, StampCommand } from "../../stampCommand.ts";
import { helpType } from "../formatting/helpLines.ts";
import { shortTypes, syntaxOf } from "./describeCommand.ts";
import { listCommands } from "./listCommands.ts";
import type { ListedCommand } from "./listCommands.ts";
import type { Surroundings } from "./surroundings.ts";

const allTypes = 511;

/** Names and syntax as PowerShell makes help of a command without help files ([R7] conformance 17). */
export function getHelp(around: Surroundings): StampCommand {
  return {
    name: "Get-Help",
    kind: "Function",
    module: "",
    parameters: [
      { name: "Name", type: "String", position: 0, pattern: safeName },
      { name: "Category", type: "StringArray", oneOf: categories },
    ],
    run: (invocation) => run(around, invocation),
  };
}

/** The restricted proxy takes one plain name, and no pattern of names ([P] CommandMetadata.cs). */
const safeName = {
  matches: /^[-._:\\\p{Ll}\p{Lu}\p{Lt}\p{Lo}\p{Nd}\p{Lm}]{1,100}$/u,
  text: "^[-._:\\\\\\p{Ll}\\p{Lu}\\p{Lt}\\p{Lo}\\p{Nd}\\p{Lm}]{1,100}$",
};
const categories = [
  "None",
  "Alias",
  "Cmdlet",
  "Provider",
  "General",
  "FAQ",
  "Glossary",
  "HelpFile",
  "ScriptCommand",
  "Function",
  "Filter",
  "ExternalScript",
  "All",
  "DefaultHelp",
  "Workflow",
  "Configuration",
  "DscResource",
  "Class",
];

async function* run(around: Surroundings, invocation: Invocation): AsyncGenerator<ClixmlObject> {
  const asked = invocation.parameters.get("Name");
  const names = typeof asked === "string" ? [asked] : [];
  const found = listCommands(around.all(), names, allTypes);
  for (const name of found.length === 0 ? names : []) invocation.voice.error(notFound(name));
  for (const listed of found) yield found.length === 1 ? helpOf(listed.command) : shortHelp(listed);
  // The only progress that is told of here is that it is over ([R7] conformance 17).
  if (found.length > 0) invocation.voice.progress("Get-Help", "Completed", 100);
}

const part = (name: string, extended: Readonly<Record<string, ClixmlValue>>): ClixmlObject =>
  psObject({ typeNames: [`${helpType}#${name}`], extended });

function helpOf(command: StampCommand): ClixmlObject {
  const { name } = command;
  const parameter = list(command.parameters.map(describeParameter));
  const syntaxItem = part("syntaxItem", { name, CommonParameters: true, parameter });
  const noType = part("type", { name: "None\n" });
  return psObject({
    typeNames: [helpType, "CmdletHelpInfo", "HelpInfo"],
    extended: {
      CommonParameters: true,
      details: part("details", { name, noun: "", verb: "" }),
      Syntax: part("syntax", { syntaxItem: list([syntaxItem]) }),
      parameters: part("parameters", { parameter }),
      inputTypes: part("inputTypes", { inputType: part("inputType", { type: noType }) }),
      returnValues: part("returnValues", {
        returnValue: part("returnValue", { type: part("type", { name: "System.Object" }) }),
      }),
      aliases: `${command.aliases?.join(", ") ?? "None"}\n`,
      remarks: "PRACTICE: no help is installed.",
      alertSet: null,
      description: null,
      examples: null,
      Synopsis: `\n${name} ${syntaxOf(command)}\n`,
      ModuleName: command.module,
      nonTerminatingErrors: "",
      "xmlns:command": "http://schemas.microsoft.com/maml/dev/command/2004/10",
      "xmlns:dev": "http://schemas.microsoft.com/maml/dev/2004/10",
      "xmlns:maml": "http://schemas.microsoft.com/maml/2004/10",
      Name: name,
      Category: command.kind,
      Component: null,
      Role: null,
      Functionality: null,
    },
  });
}

const describeParameter = (parameter: ParameterDeclaration): ClixmlObject =>
  part("parameter", {
    name: parameter.name,
    required: String(parameter.mandatory === true),
    pipelineInput: parameter.fromPipeline === true ? "true (ByValue)" : "false",
    isDynamic: "false",
    globbing: "false",
    parameterSetName: "(All)",
    ...(parameter.type === "Switch" ? {} : { parameterValue: shortTypes[parameter.type] }),
    type: part("type", { name: shortTypes[parameter.type] }),
    position: parameter.position === undefined ? "Named" : String(parameter.position),
    aliases: parameter.aliases?.join(", ") ?? "None",
  });

const shortHelp = ({ name, isAlias, command }: ListedCommand): ClixmlObject =>
  psObject({
    typeNames: ["HelpInfoShort"],
    extended: {
      Name: name,
      Category: isAlias ? "Alias" : command.kind,
      Module: command.module,
      Synopsis: isAlias ? command.name : "...",
    },
  });

const notFound = (name: string): CommandError =>
  new CommandError(
    `Get-Help could not find ${name} in a help file in this session. To download updated help topics type: "Update-Help". To get help online, search for the help topic in the TechNet library at https:/go.microsoft.com/fwlink/?LinkID=107116.`,
    {
      errorId: "HelpNotFound,Microsoft.PowerShell.Commands.GetHelpCommand",
      category: 21,
      exceptionType: "Microsoft.PowerShell.Commands.HelpNotFoundException",
    },
  );
