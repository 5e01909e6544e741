import { describe, expect, test } from "vitest";
import { isObject, property, textOf } from "../clixml/look.ts";
import { errorRecord, readErrorRecord, writeErrorRecord } from "./errorRecord.ts";

const script = "Set-Item -Path WSMan:\\localhost\\Shell -Value $false";
const record = errorRecord({
  message: "no",
  errorId: "ScriptsNotAllowed",
  category: 17,
  reason: "ParseException",
  targetName: script,
  targetType: "String",
  exceptionType: "System.Management.Automation.ParseException",
  target: script,
});

describe("an error record", () => {
  test("words its category as Windows PowerShell does, a long target by its first and last fifteen characters", () => {
    const written = writeErrorRecord(record, false);
    expect(textOf(property(written, "ErrorCategory_Message"))).toBe(
      "ParserError: (Set-Item -Path ...l -Value $false:String) [], ParseException",
    );
    expect(textOf(property(written, "ErrorCategory_TargetName"))).toBe(script);
  });

  test("names the command it came from, where there is one", () => {
    const named = (activity: string) =>
      property(
        property(writeErrorRecord({ ...record, activity }, true), "InvocationInfo") ?? null,
        "MyCommand",
      );
    expect(named("Get-X")).toBe("Get-X");
    expect(named("")).toBeUndefined();
  });

  test("names its exception by the whole chain of types, and is read back as it was", () => {
    const written = writeErrorRecord(record, true);
    const exception = property(written, "Exception") ?? null;
    expect(isObject(exception) && exception.typeNames).toEqual([
      "System.Management.Automation.ParseException",
      "System.Management.Automation.RuntimeException",
      "System.SystemException",
      "System.Exception",
      "System.Object",
    ]);
    expect(readErrorRecord(written)).toEqual(record);
  });
});
