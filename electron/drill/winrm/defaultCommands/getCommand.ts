import { integerOf, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { CommandError } from "../../stampCommand.ts";
import type { BoundValue, Invocation, StampCommand } from "../../stampCommand.ts";
import { describeCommand, syntaxOf } from "./describeCommand.ts";
import { commandTypes, listCommands, namesNotFound } from "./listCommands.ts";
import type { Surroundings } from "./surroundings.ts";
import { wildcard } from "./wildcard.ts";

/**
 * Lists what the session offers, by name or wildcard. The parameters are those of the restricted proxy ([R7]
 * conformance 04), and -Syntax, which the documents of the privileged endpoint name as the way to learn parameters.
 */
export function getCommand(around: Surroundings): StampCommand {
  return {
    name: "Get-Command",
    kind: "Function",
    module: "",
    aliases: ["gcm"],
    parameters: [
      { name: "Name", type: "StringArray", position: 0, fromPipeline: true },
      { name: "Module", type: "StringArray" },
      { name: "ArgumentList", type: "Object" },
      { name: "CommandType", type: "Object" },
      { name: "ListImported", type: "Switch" },
      { name: "ShowCommandInfo", type: "Switch" },
      { name: "Syntax", type: "Switch" },
    ],
    run: (invocation) => run(around, invocation),
  };
}

async function* run(around: Surroundings, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const { parameters, voice, input } = invocation;
  const piped = input.map((item) => textOf(item) ?? "");
  const names = [...textsOf(parameters.get("Name")), ...piped];
  const modules = textsOf(parameters.get("Module")).map(wildcard);
  const found = listCommands(around.all(), names, typesOf(parameters.get("CommandType"), names));
  for (const name of namesNotFound(names, found)) voice.error(notFound(name));
  for (const listed of found) {
    if (modules.length > 0 && !modules.some((fits) => fits(listed.command.module))) continue;
    yield parameters.get("Syntax") === true
      ? `\r\n${listed.command.name} ${syntaxOf(listed.command)}\r\n`
      : describeCommand(listed);
  }
}

/** Flags by number or by words; without any, aliases are left out unless somebody asks by name ([R7] conformance 04). */
function typesOf(value: BoundValue | undefined, names: readonly string[]): number {
  const usual = names.length === 0 ? commandTypes.Function | commandTypes.Cmdlet : commandTypes.All;
  if (value === undefined || value === null || value instanceof Date || Array.isArray(value)) return usual;
  const number = integerOf(value as ClixmlValue);
  if (number !== null) return number;
  const words = (textOf(value as ClixmlValue) ?? "")
    .toLowerCase()
    .split(",")
    .map((word) => word.trim());
  return Object.entries(commandTypes).reduce(
    (flags, [word, flag]) => (words.includes(word.toLowerCase()) ? flags | flag : flags),
    0,
  );
}

const textsOf = (value: BoundValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

const notFound = (name: string): CommandError =>
  new CommandError(
    `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    {
      errorId: "CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand",
      category: 13,
      exceptionType: "System.Management.Automation.CommandNotFoundException",
      target: name,
    },
  );
