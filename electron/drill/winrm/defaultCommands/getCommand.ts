import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { CommandError } from "../../stampCommand.ts";
import type { BoundValue, Invocation, StampCommand } from "../../stampCommand.ts";
import { describeCommand, syntaxOf } from "./describeCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** Lists what the session offers, by name or wildcard; with -Syntax as text. */
export function getCommand(around: Surroundings): StampCommand {
  return {
    name: "Get-Command",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Core",
    parameters: [
      { name: "Name", type: "StringArray", position: 0, fromPipeline: true },
      { name: "Module", type: "StringArray", aliases: ["PSSnapin"] },
      { name: "CommandType", type: "Object", aliases: ["Type"] },
      { name: "TotalCount", type: "Int32" },
      { name: "ArgumentList", type: "Object", aliases: ["Args"] },
      { name: "Syntax", type: "Switch" },
      { name: "All", type: "Switch" },
      { name: "ListImported", type: "Switch" },
      { name: "ShowCommandInfo", type: "Switch" },
    ],
    run: (invocation) => run(around, invocation),
  };
}

async function* run(around: Surroundings, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const { parameters, voice } = invocation;
  const names = textsOf(parameters.get("Name"));
  const modules = textsOf(parameters.get("Module")).map(wildcard);
  const all = around
    .all()
    .filter(({ module }) => modules.length === 0 || modules.some((fits) => fits(module)));
  for (const name of names) {
    const fits = wildcard(name);
    if (!hasWildcard(name) && !all.some((command) => fits(command.name))) voice.error(notFound(name));
  }
  const patterns = names.map(wildcard);
  const most = parameters.get("TotalCount");
  const chosen = all
    .filter((command) => patterns.length === 0 || patterns.some((fits) => fits(command.name)))
    .sort((one, other) => one.name.localeCompare(other.name, "en"))
    .slice(0, typeof most === "number" && most >= 0 ? most : all.length);
  for (const command of chosen)
    yield parameters.get("Syntax") === true
      ? `\r\n${command.name} ${syntaxOf(command)}\r\n`
      : describeCommand(command);
}

const textsOf = (value: BoundValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

const notFound = (name: string): CommandError =>
  new CommandError(
    `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
    {
      errorId: "CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand",
      category: 13,
      exceptionType: "System.Management.Automation.CommandNotFoundException",
    },
  );
