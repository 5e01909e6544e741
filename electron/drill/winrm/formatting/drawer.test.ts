import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  customObject,
  dateTime,
  enumValue,
  hashtable,
  list,
  psObject,
  scalar,
} from "../../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { errorRecord, writeErrorRecord } from "../../../protocol/psrp/errorRecord.ts";
import { Drawer } from "./drawer.ts";

function drawn(items: readonly ClixmlValue[], width: number | null = null): readonly string[] {
  const lines: string[] = [];
  const drawer = new Drawer({
    line: (text) => lines.push(text),
    errorLine: (text) => lines.push(`! ${text}`),
    width,
  });
  for (const item of items) drawer.draw(item);
  drawer.end();
  return lines;
}

const wide = (name: string) =>
  customObject({ Name: name, State: enumValue("Practice.State", "Active", 1), At: null, Two: 2, Five: true });

describe("what Out-Default draws", () => {
  test("texts and numbers stand as they are, line by line; null is nothing", () => {
    expect(drawn(["one\r\ntwo", 3, null, true, scalar("TS", "PT1M2S")])).toEqual([
      "one",
      "two",
      "3",
      "True",
      "00:01:02",
    ]);
  });

  test("objects of more than four properties are lists with the empty lines of 5.1", () => {
    const lines = (name: string) => [
      `Name  : ${name}`,
      "State : Active",
      "At    : ",
      "Two   : 2",
      "Five  : True",
      "",
    ];
    expect(drawn([wide("a"), wide("b")])).toEqual(["", "", ...lines("a"), ...lines("b"), "", ""]);
  });

  test("objects of up to four properties are one table, numbers to the right", () => {
    const row = (index: number, user: string) => customObject({ Index: index, User: user });
    expect(drawn([row(1, "practice"), row(20, "x")])).toEqual([
      "",
      "Index User",
      "----- ----",
      "    1 practice",
      "   20 x",
      "",
      "",
    ]);
  });

  test("a cell is one line: blanks around its line ends are one, all others stay", () => {
    const blank = fc.constantFrom(" ", "\t", "\r", "\n", "\u2028", "x");
    fc.assert(
      fc.property(fc.string({ unit: blank, maxLength: 12 }), (text) => {
        const [, , , row] = drawn([customObject({ a: `(${text})`, b: "." })]);
        expect(row?.split(/ *\.$/)[0]).toBe(`(${text})`.replaceAll(/\s*\r?\n\s*/g, " "));
      }),
    );
    const blanks = " ".repeat(1_000_000);
    expect(drawn([customObject({ a: `(${blanks})` })])[3]).toBe(`(${blanks})`);
    expect(drawn([customObject({ a: `(${blanks}\n${blanks})` })])[3]).toBe("( )");
  });

  test("a text ends the group before it; the first object of a group decides for all that follow", () => {
    const other = psObject({ typeNames: ["T"], extended: { b: 2, a: 3 } });
    expect(drawn([customObject({ a: 1 }), other, "text", other])).toEqual([
      "",
      "a",
      "-",
      "1",
      "3",
      "",
      "",
      "text",
      "",
      "b a",
      "- -",
      "2 3",
      "",
      "",
    ]);
  });

  test("commands have the columns of Get-Command", () => {
    const command = (kind: string, more: Readonly<Record<string, ClixmlValue>>): ClixmlValue =>
      psObject({
        typeNames: [
          `System.Management.Automation.${kind}Info`,
          "System.Management.Automation.CommandInfo",
          "System.Object",
        ],
        display: "Get-X",
        adapted: {
          Name: "Get-X",
          CommandType: kind,
          Version: scalar("Version", "0.0"),
          Source: "Practice",
          ...more,
        },
      });
    const items = [command("Function", {}), command("Alias", { DisplayName: "gx -> Get-X", Version: null })];
    expect(drawn(items)).toEqual([
      "",
      `CommandType     ${"Name".padEnd(50)} Version    Source`,
      `-----------     ${"----".padEnd(50)} -------    ------`,
      `Function        ${"Get-X".padEnd(50)} 0.0        Practice`,
      `Alias           ${"gx -> Get-X".padEnd(50)}            Practice`,
      "",
      "",
    ]);
  });

  test("the last column of a view takes the room there is, up to the last but one place of a line", () => {
    const command = psObject({
      typeNames: ["System.Management.Automation.CommandInfo"],
      adapted: {
        CommandType: "Function",
        Name: "Get-X",
        Version: "0.0",
        Source: "Microsoft.AzureStack.RemoteSupport",
      },
    });
    const row = (source: string): string => `Function        ${"Get-X".padEnd(50)} 0.0        ${source}`;
    expect(drawn([command], 113)[3]).toBe(row("Microsoft.AzureStack.RemoteSupport"));
    expect(drawn([command], 100)[3]).toBe(row("Microsoft.AzureSta..."));
    expect(drawn([command], 100)[3]).toHaveLength(99);
  });

  test("an error is drawn at once as error lines, also between the objects of a list", () => {
    const record = errorRecord({
      message: "no such thing",
      errorId: "Nothing,Get-X",
      category: 13,
      activity: "Get-X",
      reason: "Exception",
      targetName: "x".repeat(50),
      targetType: "String",
    });
    const marked = psObject({
      extended: { writeErrorStream: true, FullyQualifiedErrorId: "A" },
      display: "marked",
    });
    const [, , ...rest] = drawn([wide("a"), writeErrorRecord(record, false), marked]);
    expect(rest.filter((line) => line.startsWith("!"))).toEqual([
      "! Get-X : no such thing",
      `!     + CategoryInfo          : ObjectNotFound: (${"x".repeat(15)}...${"x".repeat(15)}:String) [Get-X], Exception`,
      "!     + FullyQualifiedErrorId : Nothing,Get-X",
      "!  ",
      "! marked",
      "!     + CategoryInfo          : NotSpecified: (:) [], ",
      "!     + FullyQualifiedErrorId : A",
      "!  ",
    ]);
    expect(rest.at(0)).toBe("Name  : a");
  });

  test("an error breaks where a console of 80 characters breaks it in Windows PowerShell", () => {
    const record = errorRecord({
      message: "The argument is null, empty, or an element of the argument collection contains a null value.",
      errorId: "ParameterArgumentValidationError,Get-RemoteSupportSessionHistory",
      category: 6,
      activity: "Get-RemoteSupportSessionHistory",
      reason: "ParameterBindingValidationException",
    });
    expect(drawn([writeErrorRecord(record, false)], 80)).toEqual([
      "! Get-RemoteSupportSessionHistory : The argument is null, empty, or an element ",
      "! of the argument collection contains a null value.",
      "!     + CategoryInfo          : InvalidData: (:) [Get-RemoteSupportSessionHistor ",
      "!    y], ParameterBindingValidationException",
      "!     + FullyQualifiedErrorId : ParameterArgumentValidationError,Get-RemoteSuppo ",
      "!    rtSessionHistory",
      "!  ",
    ]);
  });

  test("an error that a client sends back has lost the command it came from; one with details has no line behind it", () => {
    const record = errorRecord({ message: "no", errorId: "A,Get-X", category: 5, activity: "Get-X" });
    expect(drawn([writeErrorRecord(record, true)])[0]).toBe("! Get-X : no");
    const written = writeErrorRecord(record, true);
    const sentBack = { ...written, extended: new Map([...written.extended, ["InvocationInfo", null]]) };
    expect(drawn([sentBack])[0]).toBe("! no");
    const detailed = psObject({
      typeNames: ["System.Management.Automation.ErrorRecord"],
      extended: { ErrorDetails_Message: "in other words", FullyQualifiedErrorId: "A" },
    });
    expect(drawn([detailed]).at(0)).toBe("! in other words");
    expect(drawn([detailed]).at(-1)).toBe("!     + FullyQualifiedErrorId : A");
  });

  test("values are shown as PowerShell shows them", () => {
    const values = customObject({
      When: dateTime(new Date("2026-11-24T14:05:06Z")),
      Never: scalar("DT", "0001-01-01T00:00:00"),
      List: list(["a", "b", "c", "d", "e"]),
      Table: hashtable({ Key: 1 }),
      Inner: customObject({ A: 1, B: "x" }),
    });
    expect(drawn([values]).filter((line) => line !== "")).toEqual([
      "When  : 11/24/2026 2:05:06 PM",
      "Never : 1/1/0001 12:00:00 AM",
      "List  : {a, b, c, d...}",
      "Table : {Key}",
      "Inner : @{A=1; B=x}",
    ]);
  });

  test("a long value goes on under its beginning where the host told its width", () => {
    const text = "one two three four five six seven eight nine ten";
    const lines = drawn([customObject({ A: text, B: 1, C: 2, D: 3, E: 4 })], 30);
    expect(lines.slice(2, 4)).toEqual(["A : one two three four five", "    six seven eight nine ten"]);
    expect(lines.every((line) => line.length < 30)).toBe(true);
  });
});
