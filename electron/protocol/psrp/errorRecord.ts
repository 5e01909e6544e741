import { psObject } from "../clixml/build.ts";
import { integerOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../clixml/value.ts";
import { exceptionTypes } from "./exceptionTypes.ts";
import { invocationInfo } from "./invocationInfo.ts";

/** The parts of an ErrorRecord that anybody decides on or shows ([MS-PSRP] 2.2.3.15). */
export type ErrorRecord = {
  /** What to show: ErrorDetails_Message, else Exception.Message, else the ToString text. */
  readonly message: string;
  /** `Id,Command`; the part before the comma decides. */
  readonly errorId: string;
  /** ErrorCategory number ([MS-PSRP] 2.2.3.9). */
  readonly category: number;
  readonly activity: string;
  readonly reason: string;
  readonly targetName: string;
  readonly targetType: string;
  readonly exceptionType: string;
  readonly target: ClixmlValue;
};

/** A record with the parts that are given; the others are empty. */
export function errorRecord(
  parts: Partial<ErrorRecord> & Pick<ErrorRecord, "message" | "errorId">,
): ErrorRecord {
  return {
    category: 0,
    activity: "",
    reason: "",
    targetName: "",
    targetType: "",
    exceptionType: "System.Management.Automation.RuntimeException",
    target: null,
    ...parts,
  };
}

/** The part of the error id before the comma. */
export function errorName(record: ErrorRecord): string {
  return record.errorId.split(",")[0] ?? "";
}

const types = ["System.Management.Automation.ErrorRecord", "System.Object"];

/** The record as an object. `written` is true on ERROR_RECORD, where the client shows it as an error. */
export function writeErrorRecord(record: ErrorRecord, written: boolean): ClixmlObject {
  const extended = new Map<string, ClixmlValue>(written ? [["writeErrorStream", true]] : []);
  extended.set("Exception", exceptionOf(record));
  extended.set("TargetObject", record.target);
  extended.set("FullyQualifiedErrorId", record.errorId);
  extended.set("InvocationInfo", record.activity === "" ? null : invocationInfo(record.activity));
  extended.set("ErrorCategory_Category", record.category);
  extended.set("ErrorCategory_Activity", record.activity);
  extended.set("ErrorCategory_Reason", record.reason);
  extended.set("ErrorCategory_TargetName", record.targetName);
  extended.set("ErrorCategory_TargetType", record.targetType);
  extended.set("ErrorCategory_Message", categoryText(record));
  extended.set("SerializeExtendedInfo", false);
  return psObject({ typeNames: types, display: record.message, extended });
}

const exceptionOf = (record: ErrorRecord): ClixmlObject =>
  psObject({
    typeNames: exceptionTypes(record.exceptionType),
    display: `${record.exceptionType}: ${record.message}`,
    adapted: new Map<string, ClixmlValue>([
      ["Message", record.message],
      ["InnerException", null],
      ["StackTrace", null],
      ["HelpLink", null],
      ["Source", null],
      ["HResult", -2146233087],
    ]),
  });

/** `ParserError: (1+1:String) [], ParseException`, as Windows PowerShell words it. */
export function categoryText(record: ErrorRecord): string {
  return `${errorCategories[record.category] ?? "NotSpecified"}: (${shortened(record.targetName)}:${record.targetType}) [${record.activity}], ${record.reason}`;
}

/** A target of more than 40 characters shows its first and last fifteen ([R] psrp_with_jea_configuration). */
const shortened = (name: string): string =>
  name.length > 40 ? `${name.slice(0, 15)}...${name.slice(-15)}` : name;

/** Reads by name; any member may be missing, and a plain text is a record of its own. */
export function readErrorRecord(value: ClixmlValue): ErrorRecord {
  const text = (name: string): string => textOf(property(value, name)) ?? "";
  const exception = property(value, "Exception") ?? null;
  return {
    message: firstText(text("ErrorDetails_Message"), textOf(property(exception, "Message")), textOf(value)),
    errorId: text("FullyQualifiedErrorId"),
    category: integerOf(property(value, "ErrorCategory_Category")) ?? 0,
    activity: text("ErrorCategory_Activity"),
    reason: text("ErrorCategory_Reason"),
    targetName: text("ErrorCategory_TargetName"),
    targetType: text("ErrorCategory_TargetType"),
    exceptionType: typeOf(exception),
    target: property(value, "TargetObject") ?? null,
  };
}

const firstText = (...texts: readonly (string | null)[]): string =>
  texts.find((text) => text !== null && text !== "") ?? "";

const typeOf = (exception: ClixmlValue): string =>
  typeof exception === "object" && exception?.kind === "object" ? (exception.typeNames[0] ?? "") : "";

/** ErrorCategory names by number ([MS-PSRP] 2.2.3.9). */
export const errorCategories: readonly string[] = [
  "NotSpecified",
  "OpenError",
  "CloseError",
  "DeviceError",
  "DeadlockDetected",
  "InvalidArgument",
  "InvalidData",
  "InvalidOperation",
  "InvalidResult",
  "InvalidType",
  "MetadataError",
  "NotImplemented",
  "NotInstalled",
  "ObjectNotFound",
  "OperationStopped",
  "OperationTimeout",
  "SyntaxError",
  "ParserError",
  "PermissionDenied",
  "ResourceBusy",
  "ResourceExists",
  "ResourceUnavailable",
  "ReadError",
  "WriteError",
  "FromStdErr",
  "SecurityError",
  "ProtocolError",
  "ConnectionError",
  "AuthenticationError",
  "LimitsExceeded",
  "QuotaExceeded",
  "NotEnabled",
];
