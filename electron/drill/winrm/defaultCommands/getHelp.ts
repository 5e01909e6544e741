import { customObject } from "../../../protocol/clixml/build.ts";
import type { ClixmlObject } from "../../../protocol/clixml/value.ts";
import { CommandError } from "../../stampCommand.ts";
import type { Invocation, StampCommand } from "../../stampCommand.ts";
import { syntaxOf } from "./describeCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** Name and syntax of commands: the practice stamp has no help files, and says so in the synopsis. */
export function getHelp(around: Surroundings): StampCommand {
  return {
    name: "Get-Help",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Core",
    parameters: [
      { name: "Name", type: "String", position: 0, fromPipeline: true },
      { name: "Category", type: "StringArray" },
    ],
    run: (invocation) => run(around, invocation),
  };
}

async function* run(around: Surroundings, invocation: Invocation): AsyncGenerator<ClixmlObject> {
  const asked = invocation.parameters.get("Name");
  const name = typeof asked === "string" ? asked : "*";
  const found = around.all().filter((command) => wildcard(name)(command.name));
  if (found.length === 0 && !hasWildcard(name)) invocation.voice.error(notFound(name));
  for (const command of found)
    yield customObject(
      {
        Name: command.name,
        Synopsis: "PRACTICE: no help is installed.",
        Syntax: `${command.name} ${syntaxOf(command)}`,
      },
      ["MamlCommandHelpInfo", "HelpInfo"],
    );
}

const notFound = (name: string): CommandError =>
  new CommandError(`Get-Help could not find ${name} in a help file in this session.`, {
    errorId: "HelpNotFound,Microsoft.PowerShell.Commands.GetHelpCommand",
    category: 13,
    exceptionType: "Microsoft.PowerShell.Commands.HelpNotFoundException",
  });
