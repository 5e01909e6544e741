import { scalar } from "../../../protocol/clixml/build.ts";
import { hostMethods } from "../../../protocol/psrp/hostMethods.ts";
import { members } from "../../../protocol/psrp/objects.ts";
import type { StampCommand } from "../../stampCommand.ts";
import type { Surroundings } from "./surroundings.ts";

type Declared = Pick<StampCommand, "name"> & Partial<Pick<StampCommand, "aliases" | "parameters">>;

/** The cursor goes home and blanks go everywhere, as the function of 5.1 does it; a client without a screen hears nothing. */
export function clearHost(around: Surroundings): StampCommand {
  return silent({ name: "Clear-Host", aliases: ["clear", "cls"] }, () => {
    if (!around.hasScreen) return;
    around.tellHost(hostMethods.setCursorPosition, [members({ x: 0, y: 0 })]);
    around.tellHost(hostMethods.setBufferContents1, [everywhere, blank]);
  });
}

/** Host calls carry structures by the names of their members ([R] psrp_pshost_raw_ui_mocked_methods). */
const everywhere = members({ left: -1, top: -1, right: -1, bottom: -1 });
const blank = members({
  character: scalar("C", "32"),
  foregroundColor: 7,
  backgroundColor: 0,
  bufferCellType: 0,
});

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
