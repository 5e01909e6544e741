import { list, psObject } from "../clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../clixml/value.ts";

/** An object whose named values are extended properties, in the order given: the form of nearly every message. */
export function members(
  values: Readonly<Record<string, ClixmlValue>>,
  typeNames: readonly string[] = [],
): ClixmlObject {
  return psObject({ typeNames, extended: values });
}

/** The list type in which PowerShell keeps commands and arguments ([MS-PSRP] 2.2.3.11). */
const objectListType: readonly string[] = [
  "System.Collections.Generic.List`1[[System.Management.Automation.PSObject, System.Management.Automation, Version=1.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]",
  "System.Object",
];

export function objectList(items: readonly ClixmlValue[]): ClixmlObject {
  return list(items, objectListType);
}
