import { dateTime, dateTimeOffset, enumValue, enUsText } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { Instant } from "../model/stampState.ts";
import type { StampSwitches } from "../stampSwitches.ts";

/* Values in the forms that a real stamp might use: no public source says which (domain.md 8). */

/** .NET's year 1, which the product family prints for "never". */
const yearOne = -62_135_596_800_000;

/** A date in the form of the switch; null is a date that has not come. */
export function printedDate(
  at: Instant | null,
  switches: Pick<StampSwitches, "dates" | "never">,
): ClixmlValue {
  if (at === null) return switches.never === "empty" ? null : printedDate(yearOne, switches);
  const date = new Date(at);
  switch (switches.dates) {
    case "dateTimeOffset":
      return dateTimeOffset(date);
    case "dateTime":
      return dateTime(date);
    case "text":
      return `${enUsText(date)} +00:00`;
    case "dayFirst":
      return dayFirstText(date);
    default:
      return switches.dates satisfies never;
  }
}

/** As most cultures but that of the United States write it. */
function dayFirstText(date: Date): string {
  const [year = "", month = "", day = ""] = date.toISOString().slice(0, 10).split("-");
  return `${day}/${month}/${year} ${date.toISOString().slice(11, 19)} +00:00`;
}

const enums = {
  State: ["Inactive", "Active", "Expired"],
  AccessLevel: ["None", "Diagnostics", "DiagnosticsRepair"],
  ConnectionStatus: ["Disconnected", "Connecting", "Connected", "Failed"],
  TargetService: ["None", "PowerShell"],
} as const;

export type EnumName = keyof typeof enums;

/** An enum value in the form of the switch; the type names are the practice stamp's own. */
export function printedEnum<Name extends EnumName>(
  name: Name,
  value: (typeof enums)[Name][number],
  switches: Pick<StampSwitches, "enums">,
): ClixmlValue {
  const words: readonly string[] = enums[name];
  const type = `Microsoft.AzureStack.Practice.RemoteSupport.${name}`;
  switch (switches.enums) {
    case "object":
      return enumValue(type, value, words.indexOf(value));
    case "text":
      return value;
    case "number":
      return words.indexOf(value);
    case "unknownValue":
      return enumValue(type, `Practice${value}`, 77);
    default:
      return switches.enums satisfies never;
  }
}
