import { hostMethods } from "../../../protocol/psrp/hostMethods.ts";
import type { StampCommand } from "../../stampCommand.ts";
import type { Surroundings } from "./surroundings.ts";

type Declared = Pick<StampCommand, "name"> & Partial<Pick<StampCommand, "aliases" | "parameters">>;

/** Clears nothing: the client's screen is its own. */
export function clearHost(): StampCommand {
  return silent({ name: "Clear-Host", aliases: ["clear", "cls"] }, () => undefined);
}

/** PopRunspace on the client's host, to which no answer is due; it is sent to a client without a host as well ([R7] conformance 04b). */
export function exitPSSession(around: Surroundings): StampCommand {
  return silent({ name: "Exit-PSSession", aliases: ["exsn"] }, () =>
    around.tellHost(hostMethods.popRunspace, []),
  );
}

/** No format data: clients then draw with their own. */
export function getFormatData(): StampCommand {
  return silent(
    {
      name: "Get-FormatData",
      parameters: [
        { name: "TypeName", type: "StringArray", position: 0 },
        { name: "PowerShellVersion", type: "Object" },
      ],
    },
    () => undefined,
  );
}

function silent(declared: Declared, act: () => void): StampCommand {
  return {
    kind: "Function",
    module: "",
    parameters: [],
    ...declared,
    async *run() {
      act();
      yield* [];
    },
  };
}
