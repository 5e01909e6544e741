import { enumValue, list, psObject, scalar } from "../clixml/build.ts";
import { integerOf, itemsOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { members } from "./objects.ts";

/** [MS-PSRP] 2.2.2.26. `text` is what a person reads; `fromHost` is true for Write-Host (tag PSHOST). */
export type InformationRecord = {
  readonly text: string;
  readonly fromHost: boolean;
  readonly source: string;
  readonly tags: readonly string[];
  readonly data: ClixmlValue;
};

/** [MS-PSRP] 2.2.2.25. -1 stands for none or unknown. */
export type ProgressRecord = {
  readonly activity: string;
  readonly activityId: number;
  readonly status: string;
  readonly currentOperation: string | null;
  readonly parentActivityId: number;
  readonly percent: number;
  readonly secondsRemaining: number;
  readonly completed: boolean;
};

/** The record kinds that carry only a message ([MS-PSRP] 2.2.3.16). */
export type PlainRecordKind = "debug" | "verbose" | "warning";

const plainRecordTypes: Readonly<Record<PlainRecordKind, string>> = {
  debug: "System.Management.Automation.DebugRecord",
  verbose: "System.Management.Automation.VerboseRecord",
  warning: "System.Management.Automation.WarningRecord",
};

export function writePlainRecord(kind: PlainRecordKind, text: string): ClixmlValue {
  const types = [plainRecordTypes[kind], "System.Management.Automation.InformationalRecord", "System.Object"];
  const extended = { InformationalRecord_Message: text, InformationalRecord_SerializeInvocationInfo: false };
  return psObject({ typeNames: types, display: text, extended });
}

export function readPlainRecord(value: ClixmlValue): string {
  return textOf(property(value, "InformationalRecord_Message")) ?? textOf(value) ?? "";
}

const tagListType = ["System.Collections.Generic.List`1[[System.String, mscorlib]]", "System.Object"];

/** A Write-Host line as Windows sends it: HostInformationMessage with the tag PSHOST. `time` is CLIXML DT text. */
export function writeHostLine(line: string, time: string): ClixmlValue {
  const message = psObject({
    typeNames: ["System.Management.Automation.HostInformationMessage", "System.Object"],
    display: line,
    adapted: { Message: line, NoNewLine: false, ForegroundColor: null, BackgroundColor: null },
  });
  return members({
    MessageData: message,
    Source: "Write-Host",
    TimeGenerated: scalar("DT", time),
    Tags: list(["PSHOST"], tagListType),
    User: "",
    Computer: "",
    ProcessId: scalar("U32", "0"),
    NativeThreadId: scalar("U32", "0"),
    ManagedThreadId: scalar("U32", "0"),
  });
}

export function readInformation(value: ClixmlValue): InformationRecord {
  const data = property(value, "MessageData") ?? null;
  const tags = itemsOf(property(value, "Tags")).map((tag) => textOf(tag) ?? "");
  return {
    text: textOf(property(data, "Message")) ?? textOf(data) ?? "",
    fromHost: tags.includes("PSHOST"),
    source: textOf(property(value, "Source")) ?? "",
    tags,
    data,
  };
}

export function writeProgress(record: ProgressRecord): ClixmlValue {
  const [name, number] = record.completed ? ["Completed", 1] : ["Processing", 0];
  return members({
    Activity: record.activity,
    ActivityId: record.activityId,
    StatusDescription: record.status,
    CurrentOperation: record.currentOperation,
    ParentActivityId: record.parentActivityId,
    PercentComplete: record.percent,
    Type: enumValue("System.Management.Automation.ProgressRecordType", String(name), Number(number)),
    SecondsRemaining: record.secondsRemaining,
  });
}

export function readProgress(value: ClixmlValue): ProgressRecord {
  const text = (name: string): string => textOf(property(value, name)) ?? "";
  const number = (name: string, otherwise: number): number => integerOf(property(value, name)) ?? otherwise;
  return {
    activity: text("Activity"),
    activityId: number("ActivityId", 0),
    status: text("StatusDescription"),
    currentOperation: textOf(property(value, "CurrentOperation")),
    parentActivityId: number("ParentActivityId", -1),
    percent: number("PercentComplete", -1),
    secondsRemaining: number("SecondsRemaining", -1),
    completed: isCompleted(property(value, "Type")),
  };
}

const isCompleted = (type: ClixmlValue | undefined): boolean =>
  integerOf(type) === 1 || textOf(type) === "Completed";
