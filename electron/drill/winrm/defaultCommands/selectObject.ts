import { psObject } from "../../../protocol/clixml/build.ts";
import { isObject, properties, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { BoundValue, Invocation, StampCommand } from "../../stampCommand.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** Passes on a part of its input: the first or last items, some properties, or the values of one. */
export function selectObject(): StampCommand {
  return {
    name: "Select-Object",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Utility",
    parameters: [
      { name: "Property", type: "StringArray", position: 0 },
      { name: "InputObject", type: "Object", fromPipeline: true },
      { name: "ExpandProperty", type: "String" },
      { name: "First", type: "Int32", range: [0, 2_147_483_647] },
      { name: "Last", type: "Int32", range: [0, 2_147_483_647] },
      { name: "Skip", type: "Int32", range: [0, 2_147_483_647] },
    ],
    run,
  };
}

async function* run(invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const { parameters } = invocation;
  const names = parameters.get("Property");
  const expand = parameters.get("ExpandProperty");
  for (const item of cut(invocation.input, parameters)) {
    if (typeof expand === "string") yield property(item, expand) ?? null;
    else yield Array.isArray(names) ? selected(item, names) : item;
  }
}

function cut(
  input: readonly ClixmlValue[],
  parameters: ReadonlyMap<string, BoundValue>,
): readonly ClixmlValue[] {
  const number = (name: string): number | null => {
    const value = parameters.get(name);
    return typeof value === "number" ? value : null;
  };
  const rest = input.slice(number("Skip") ?? 0);
  const last = number("Last");
  const first = number("First");
  if (last !== null) return last === 0 ? [] : rest.slice(-last);
  return first === null ? rest : rest.slice(0, first);
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
