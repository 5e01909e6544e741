import { psObject } from "../../../protocol/clixml/build.ts";
import { property } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { Invocation, StampCommand } from "../../stampCommand.ts";

/** Counts its input, or the values of one property. */
export function measureObject(): StampCommand {
  return {
    name: "Measure-Object",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Utility",
    parameters: [
      { name: "Property", type: "StringArray", position: 0 },
      { name: "InputObject", type: "Object", fromPipeline: true },
    ],
    run,
  };
}

async function* run(invocation: Invocation): AsyncGenerator<ClixmlObject> {
  const asked = invocation.parameters.get("Property");
  const names: readonly (string | null)[] = Array.isArray(asked) ? asked : [null];
  for (const name of names) yield measured(invocation.input, name);
}

function measured(input: readonly ClixmlValue[], name: string | null): ClixmlObject {
  const counted = name === null ? input : input.filter((item) => property(item, name) !== undefined);
  return psObject({
    typeNames: [
      "Microsoft.PowerShell.Commands.GenericMeasureInfo",
      "Microsoft.PowerShell.Commands.MeasureInfo",
      "System.Object",
    ],
    display: "Microsoft.PowerShell.Commands.GenericMeasureInfo",
    adapted: {
      Count: counted.length,
      Average: null,
      Sum: null,
      Maximum: null,
      Minimum: null,
      Property: name,
    },
  });
}
