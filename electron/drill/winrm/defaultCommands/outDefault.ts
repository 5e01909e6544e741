import { isObject, properties, property, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { hostMethods } from "../../../protocol/psrp/hostMethods.ts";
import type { Invocation, StampCommand } from "../../stampCommand.ts";
import type { Surroundings } from "./surroundings.ts";

/** Draws its input on the client's host, an empty line before and after; without a host nothing at all (protocol 12). */
export function outDefault(around: Surroundings): StampCommand {
  return {
    name: "Out-Default",
    kind: "Cmdlet",
    module: "Microsoft.PowerShell.Core",
    parameters: [
      { name: "Transcript", type: "Switch" },
      { name: "InputObject", type: "Object", fromPipeline: true },
    ],
    run: (invocation) => run(around, invocation),
  };
}

async function* run(around: Surroundings, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const given = invocation.parameters.get("InputObject");
  const items =
    invocation.input.length > 0 || given === undefined ? invocation.input : [given as ClixmlValue];
  if (!around.hasInterface) return;
  for (const item of items) draw(around, item);
  yield* [];
}

function draw(around: Surroundings, item: ClixmlValue): void {
  const line = (text: string): void => around.tellHost(hostMethods.writeLine2, [text]);
  if (isErrorRecord(item)) {
    const message = textOf(property(property(item, "Exception"), "Message")) ?? textOf(item) ?? "";
    around.tellHost(hostMethods.writeErrorLine, [message]);
    return;
  }
  const own = properties(item);
  if (own.size === 0) return line(textOf(item) ?? "");
  line("");
  const width = Math.max(...[...own.keys()].map((name) => name.length));
  for (const [name, value] of own) line(`${name.padEnd(width)} : ${textOf(value) ?? ""}`);
  line("");
}

const isErrorRecord = (item: ClixmlValue): boolean =>
  isObject(item) && item.typeNames.some((name) => name.endsWith("System.Management.Automation.ErrorRecord"));
