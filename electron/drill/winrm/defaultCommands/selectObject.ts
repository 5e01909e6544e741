import { psObject } from "../../../protocol/clixml/build.ts";
import { isObject, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { StampCommand } from "../../stampCommand.ts";

/**
 * Passes on some properties of its input. The restricted proxy is there for what clients ask about commands: it has no
 * -First, -Last or -ExpandProperty ([R7] conformance 04), and no other properties than these ([P] CommandMetadata.cs).
 */
export function selectObject(): StampCommand {
  return {
    name: "Select-Object",
    kind: "Function",
    module: "",
    aliases: ["select"],
    parameters: [
      { name: "Property", type: "StringArray", position: 0, oneOf: selectable },
      { name: "InputObject", type: "Object", mandatory: true, fromPipeline: true },
    ],
    async *run({ input, parameters }) {
      const names = parameters.get("Property");
      const given = parameters.get("InputObject");
      const items = given === undefined ? input : [given as ClixmlValue];
      for (const item of items) yield Array.isArray(names) ? selected(item, names) : item;
    },
  };
}

const selectable = [
  "ModuleName",
  "Namespace",
  "OutputType",
  "Count",
  "HelpUri",
  "Name",
  "CommandType",
  "ResolvedCommandName",
  "DefaultParameterSet",
  "CmdletBinding",
  "Parameters",
];

/** Missing properties become null, as PowerShell has it. */
function selected(item: ClixmlValue, names: readonly string[]): ClixmlObject {
  const values = new Map<string, ClixmlValue>(names.map((name) => [name, property(item, name) ?? null]));
  const type = isObject(item) ? item.typeNames[0] : undefined;
  const base = type ?? "System.Management.Automation.PSCustomObject";
  return psObject({
    typeNames: [`Selected.${base}`, "System.Management.Automation.PSCustomObject", "System.Object"],
    extended: values,
  });
}
