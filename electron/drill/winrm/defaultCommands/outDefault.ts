import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { hostMethods } from "../../../protocol/psrp/hostMethods.ts";
import type { CommandReceiver, Invocation, StampCommand } from "../../stampCommand.ts";
import { Drawer } from "../formatting/drawer.ts";
import type { Surroundings } from "./surroundings.ts";

/** Draws what comes on the client's host; without a host nothing at all ([R7], protocol 12). */
export function outDefault(around: Surroundings): StampCommand {
  return {
    name: "Out-Default",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Core",
    parameters: [
      { name: "Transcript", type: "Switch" },
      { name: "InputObject", type: "Object", fromPipeline: true },
    ],
    async *run() {
      yield* [];
    },
    opens: (invocation) => open(around, invocation),
  };
}

function open(around: Surroundings, invocation: Omit<Invocation, "input">): CommandReceiver {
  if (!around.hasInterface) return { take: () => undefined, end: () => undefined };
  const drawer = new Drawer({
    line: (text) => around.tellHost(hostMethods.writeLine2, [text]),
    errorLine: (text) => around.tellHost(hostMethods.writeErrorLine, [text]),
    width: around.width,
  });
  const given = invocation.parameters.get("InputObject");
  return {
    take: (item) => drawer.draw(item),
    end: () => {
      if (given !== undefined) drawer.draw(given as ClixmlValue);
      drawer.end();
    },
  };
}
