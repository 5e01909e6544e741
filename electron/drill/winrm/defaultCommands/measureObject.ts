import { psObject } from "../../../protocol/clixml/build.ts";
import type { StampCommand } from "../../stampCommand.ts";

/** Counts its input: the restricted proxy can do no more ([R7] conformance 04). */
export function measureObject(): StampCommand {
  return {
    name: "Measure-Object",
    kind: "Function",
    module: "",
    aliases: ["measure"],
    parameters: [{ name: "InputObject", type: "Object", mandatory: true, fromPipeline: true }],
    async *run({ input, parameters }) {
      const count = parameters.has("InputObject") ? 1 : input.length;
      yield psObject({
        typeNames: [
          "Microsoft.PowerShell.Commands.GenericMeasureInfo",
          "Microsoft.PowerShell.Commands.MeasureInfo",
          "System.Object",
        ],
        display: "Microsoft.PowerShell.Commands.GenericMeasureInfo",
        adapted: { Count: count, Average: null, Sum: null, Maximum: null, Minimum: null, Property: null },
      });
    },
  };
}
