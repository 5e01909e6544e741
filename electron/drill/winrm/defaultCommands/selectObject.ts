import { psObject } from "../../../protocol/clixml/build.ts";
import { isObject, properties, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { StampCommand } from "../../stampCommand.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** Passes on some properties of its input: the restricted proxy has no -First, -Last or -ExpandProperty ([R7] conformance 04). */
export function selectObject(): StampCommand {
  return {
    name: "Select-Object",
    kind: "Function",
    module: "",
    aliases: ["select"],
    parameters: [
      { name: "Property", type: "StringArray", position: 0 },
      { name: "InputObject", type: "Object", fromPipeline: true },
    ],
    async *run({ input, parameters }) {
      const names = parameters.get("Property");
      const given = parameters.get("InputObject");
      const items = given === undefined ? input : [given as ClixmlValue];
      for (const item of items) yield Array.isArray(names) ? selected(item, names) : item;
    },
  };
}

/** Missing properties become null, as PowerShell has it. */
function selected(item: ClixmlValue, names: readonly string[]): ClixmlObject {
  const own = properties(item);
  const values = new Map<string, ClixmlValue>();
  for (const name of names) {
    if (!hasWildcard(name)) values.set(name, property(item, name) ?? null);
    else for (const [key, value] of own) if (wildcard(name)(key)) values.set(key, value);
  }
  const type = isObject(item) ? item.typeNames[0] : undefined;
  const base = type ?? "System.Management.Automation.PSCustomObject";
  return psObject({
    typeNames: [`Selected.${base}`, "System.Management.Automation.PSCustomObject", "System.Object"],
    extended: values,
  });
}
