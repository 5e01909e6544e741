import { hostMethods } from "../../../protocol/psrp/hostMethods.ts";
import type { ParameterDeclaration, StampCommand } from "../../stampCommand.ts";
import type { Surroundings } from "./surroundings.ts";

/** Clears nothing: the client's screen is its own. */
export function clearHost(): StampCommand {
  return silent("Clear-Host", [], () => undefined);
}

/** PopRunspace on the client's host, to which no answer is due ([R7], protocol 12). */
export function exitPSSession(around: Surroundings): StampCommand {
  return silent("Exit-PSSession", [], () => {
    if (around.hasInterface) around.tellHost(hostMethods.popRunspace, []);
  });
}

/** No format data: clients then draw with their own. */
export function getFormatData(): StampCommand {
  const parameters: readonly ParameterDeclaration[] = [
    { name: "TypeName", type: "StringArray", position: 0 },
    { name: "PowerShellVersion", type: "Object" },
  ];
  return silent("Get-FormatData", parameters, () => undefined);
}

function silent(name: string, parameters: readonly ParameterDeclaration[], act: () => void): StampCommand {
  return {
    name,
    kind: name === "Clear-Host" ? "Function" : "Cmdlet",
    module: name === "Get-FormatData" ? "Microsoft.PowerShell.Utility" : "Microsoft.PowerShell.Core",
    parameters,
    async *run() {
      act();
      yield* [];
    },
  };
}
