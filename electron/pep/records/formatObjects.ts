import { isObject } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";

const namespace = "Microsoft.PowerShell.Commands.Internal.Format.";

/** What Format-List and Format-Table give in the place of records: instructions for a host that draws them. */
export function isFormatObject(value: ClixmlValue): boolean {
  return (
    isObject(value) &&
    value.typeNames.some((name) => name.startsWith(namespace) || name.startsWith(`Deserialized.${namespace}`))
  );
}
