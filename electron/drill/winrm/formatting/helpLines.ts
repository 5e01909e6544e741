import { isObject, property, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";

/** What Get-Help gives for a command without help files. */
export const helpType = "ExtendedCmdletHelpInfo";

export function isHelp(value: ClixmlValue): boolean {
  return isObject(value) && value.typeNames.includes(helpType);
}

/** A help object as the help view prints it: name, syntax, aliases, remarks. */
export function helpLines(value: ClixmlValue): readonly string[] {
  const text = (name: string): string => textOf(property(value, name)) ?? "";
  const part = (title: string, content: string): readonly string[] => [
    title,
    ...content.split("\n").map((line) => `    ${line}`),
    "    ",
    "",
  ];
  return [
    "",
    ...part("NAME", text("Name")).slice(0, -1),
    ...part("SYNTAX", text("Synopsis").trim()),
    ...part("ALIASES", text("aliases").trim()),
    ...part("REMARKS", text("remarks")),
    "",
  ];
}
