import { list } from "../../protocol/clixml/build.ts";
import { entriesOf, itemsOf, property, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";

/** The cmdlets that an endpoint lists, by lower-case name; the parameters are null where none could be read. */
export type OfferedCommands = ReadonlyMap<
  string,
  { readonly name: string; readonly parameters: readonly string[] | null }
>;

export function getCommand(names: readonly string[]): ClientCommand {
  return command("Get-Command", { Name: list(names, ["System.String[]", "System.Array", "System.Object"]) });
}

/** Names that are not there come as ERROR_RECORDs beside the others and are simply not in the answer. */
export function readOfferedCommands(invoked: Invoked): OfferedCommands {
  const named = invoked.output.flatMap((value) => {
    const name = textOf(property(value, "Name"));
    return name === null ? [] : [[name.toLowerCase(), { name, parameters: parametersOf(value) }] as const];
  });
  return new Map(named);
}

/** From the Parameters dictionary, else from texts that show the syntax. */
const parametersOf = (value: ClixmlValue): readonly string[] | null => {
  const parameters = property(value, "Parameters");
  const keys = entriesOf(parameters).map(([key]) => textOf(key) ?? "");
  if (keys.length > 0) return keys;
  const listed = itemsOf(parameters).flatMap((item) => textOf(property(item, "Name")) ?? []);
  if (listed.length > 0) return listed;
  const texts = ["ParameterSets", "Definition", "Syntax"].flatMap((name) =>
    itemsOf(property(value, name)).map((item) => textOf(item) ?? ""),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?<=[\s[])-([A-Za-z]\w*)/g)].map((match) => match[1] ?? ""),
  );
  return names.length > 0 ? names : null;
};

/** Whether the command is known to have the parameter; null where its parameters could not be read. */
export function hasParameter(offered: OfferedCommands, name: string, parameter: string): boolean | null {
  const parameters = offered.get(name.toLowerCase())?.parameters ?? null;
  return parameters === null
    ? null
    : parameters.some((candidate) => candidate.toLowerCase() === parameter.toLowerCase());
}
