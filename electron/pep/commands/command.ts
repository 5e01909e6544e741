import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";

/** A cmdlet by name with its parameters; a value of undefined leaves the parameter out. */
export function command(
  name: string,
  parameters: Readonly<Record<string, ClixmlValue | undefined>> = {},
): ClientCommand {
  return {
    name,
    parameters: Object.entries(parameters).flatMap(([parameter, value]) =>
      value === undefined ? [] : [{ name: parameter, value }],
    ),
  };
}
