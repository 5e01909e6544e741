import { isObject, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import { errorCategories, readErrorRecord } from "../../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../../protocol/psrp/errorRecord.ts";

/**
 * True for an error record in the pipe: one that a command merged into its output, or the one that a Windows client
 * sends back to have it drawn, marked with `writeErrorStream` ([R7], protocol 12).
 */
export function isErrorRecord(value: ClixmlValue): value is ClixmlObject {
  if (!isObject(value)) return false;
  return (
    property(value, "writeErrorStream") === true ||
    value.typeNames.some((name) => name.endsWith("System.Management.Automation.ErrorRecord"))
  );
}

/** The lines of an error as the normal view of Windows PowerShell 5.1 prints them, where no script position is known. */
export function errorLines(value: ClixmlValue): readonly string[] {
  const record = readErrorRecord(value);
  const command = record.activity === "" ? "" : `${record.activity} : `;
  return [
    ...`${command}${record.message}`.split(/\r?\n/),
    `    + CategoryInfo          : ${categoryOf(record)}`,
    `    + FullyQualifiedErrorId : ${record.errorId}`,
    " ",
  ];
}

const categoryOf = (record: ErrorRecord): string =>
  `${errorCategories[record.category] ?? "NotSpecified"}: (${shortened(record.targetName)}:${record.targetType}) [${record.activity}], ${record.reason}`;

/** A target of more than 40 characters shows its first and last nineteen. */
const shortened = (name: string): string =>
  name.length > 40 ? `${name.slice(0, 19)}...${name.slice(-19)}` : name;
