import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arrayList,
  customObject,
  dateTimeOffset,
  enumValue,
  hashtable,
  list,
  psObject,
  scalar,
} from "../../protocol/clixml/build.ts";
import { readClixml } from "../../protocol/clixml/read.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { accessOf, historyOf } from "../../testing/recordReadings.ts";
import { mostTexts } from "./leftTexts.ts";

const seen = (time: string): ClixmlValue => dateTimeOffset(new Date(time));
const grant: Readonly<Record<string, ClixmlValue>> = {
  State: enumValue("Microsoft.RemoteSupport.AccessState", "Active", 1),
  CreatedAt: seen("2023-09-06T22:05:52Z"),
  UpdatedAt: seen("2023-09-06T22:05:52Z"),
  TargetService: "PowerShell",
  AccessLevel: "Diagnostics",
  ExpiresAt: seen("2023-09-07T22:05:50Z"),
  SasCredential: "PRACTICE-SAS",
};
const active = customObject(grant);
const words = ["State : Active", "AccessLevel : Diagnostics", "ExpiresAt : 12/30/2026 10:00:00 AM +00:00"];

/** A reading that may be taken for "nothing is granted". */
const isEmptyWord = ({ grants, notUnderstood }: ReturnType<typeof accessOf>): boolean =>
  grants.every((one) => !one.active) && notUnderstood.length === 0;

describe("a grant in another form is never nothing", () => {
  const entry = (index: number, value: string) =>
    psObject({
      typeNames: [
        `Microsoft.PowerShell.Commands.Internal.Format.${["FormatStartData", "FormatEntryData"][index]}`,
      ],
      extended: { ClassId: "x", formatEntryInfo: customObject({ label: "State", propertyValue: value }) },
    });
  test.each<[string, readonly ClixmlValue[]]>([
    ["in a wrapper", [customObject({ Name: "RemoteSupportAccess", AdditionalData: active })]],
    ["in a wrapper's text", [customObject({ Status: "SUCCESS", AdditionalData: "@{State=Active}" })]],
    ["as lines of text", ["", ...words, ""]],
    ["as one text", [words.join("\r\n")]],
    ["as JSON", ['{"State":"Active","AccessLevel":"Diagnostics"}']],
    ["as format objects", [entry(0, ""), entry(1, "Active")]],
    [
      "as format objects that were deserialised",
      [
        psObject({
          typeNames: ["Deserialized.Microsoft.PowerShell.Commands.Internal.Format.FormatStartData"],
          extended: grant,
        }),
      ],
    ],
    ["as an empty object of its type", [customObject({}, ["Microsoft.RemoteSupport.Access"])]],
    [
      "as the text that an object became",
      [
        psObject({
          typeNames: ["Microsoft.RemoteSupport.Access"],
          display: "Microsoft.RemoteSupport.Access",
        }),
      ],
    ],
    ["in a Hashtable with other names", [hashtable({ Zustand: "Aktiv", Ebene: "Diagnostics" })]],
    ["as name and value", [hashtable({ Name: "State", Value: "Active" })]],
    ["as a number", [1]],
    ["as a boolean", [true]],
    ["behind a line that says nothing", ["No remote support access exists. State: Active"]],
    ["before a line that says nothing", ["State: Active. No remote support access exists."]],
    [
      "in the place of a number",
      ["Retrieving Remote Support access. IncludeExpired is set to 'False'; State=Active"],
    ],
    ["in the place of a module", ["State=Active;AccessLevel=Diagnostics is loaded already ..."]],
    [
      "as properties of a text that says nothing",
      [psObject({ base: "No remote support access exists.", extended: grant })],
    ],
    ["in lists too deep", [list([list([list([list([list([active])])])])])]],
    ["mixed with a session", [customObject({ ...grant, SessionId: "1", SessionEndTime: null })]],
  ])("%s", (_, output) => {
    expect(isEmptyWord(accessOf(output))).toBe(false);
    expect(accessOf(output).notUnderstood.length).toBeGreaterThan(0);
  });

  test.each<[string, readonly ClixmlValue[]]>([
    ["in a Hashtable", [hashtable(grant)]],
    ["in an array in an array", [list([arrayList([active])])]],
    [
      "under names of other case",
      [customObject({ STATE: "Active", accesslevel: "Diagnostics", EXPIRESAT: null })],
    ],
  ])("%s it is read", (_, output) => {
    expect(accessOf(output)).toMatchObject({ grants: [{ active: true }], notUnderstood: [] });
  });

  test.each(["said", "aside"] as const)("in a line beside the output (%s)", (beside) => {
    expect(accessOf([], { [beside]: ["State : Active"] }).notUnderstood).toEqual(["State : Active"]);
  });

  test("any renaming of its properties gives a grant in force, or something that is not understood", () => {
    const own = Object.keys(grant);
    const known = new Set(own.map((name) => name.toLowerCase()));
    const other = fc.string({ maxLength: 12 }).filter((name) => !known.has(name.toLowerCase()));
    const names = fc.tuple(...own.map((name) => fc.oneof(fc.constant(name), other)));
    fc.assert(
      fc.property(names, fc.boolean(), (renamed, includeExpired) => {
        const values = Object.values(grant);
        const record = new Map(renamed.map((name, index) => [name, values[index] ?? null]));
        expect(isEmptyWord(accessOf([customObject(record)], { includeExpired }))).toBe(false);
      }),
    );
  });

  test("any text but those that are known to say nothing is not understood", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(accessOf([text]).notUnderstood.length > 0).toBe(
          text.split(/\r\n|\r|\n/).some((line) => line.trim() !== ""),
        );
      }),
    );
  });
});

describe("lines that say nothing", () => {
  const loaded = "Microsoft.AzureStack.Deployment.RemoteSupport is loaded already ...";
  const ofAccess = [
    loaded,
    "Getting RemoteSupport Access on this node",
    "Retrieving Remote Support access. IncludeExpired is set to 'False'",
    "Retrieving Remote Support access. IncludeExpired is set to 'True'",
    "No remote support access exists.",
    "",
    "   ",
  ];
  const ofHistory = [
    loaded,
    "Listing Session History for last '7' days.",
    "Listing Session History for last '9831' days.",
    "No remote support session exists.",
    "",
  ];

  test("are nothing, in the output and beside it; so is an empty variable", () => {
    expect(accessOf([...ofAccess, null], { said: ofAccess })).toEqual({ grants: [], notUnderstood: [] });
    expect(historyOf([...ofHistory, null], { said: ofHistory })).toEqual({ sessions: [], notUnderstood: [] });
    expect(accessOf([])).toEqual({ grants: [], notUnderstood: [] });
  });

  test("are so for their own command only", () => {
    const foreign = (lines: readonly string[], own: readonly string[]) =>
      lines.filter((line) => line.trim() !== "" && !own.includes(line));
    expect(accessOf(ofHistory).notUnderstood).toEqual(foreign(ofHistory, ofAccess));
    expect(historyOf(ofAccess).notUnderstood).toEqual(foreign(ofAccess, ofHistory));
  });
});

describe("what was not understood is kept as it was printed", () => {
  const read = (text: string): ClixmlValue => readClixml(text);
  test("an object with its type and what it holds", () => {
    const wrapped = read(
      '<Obj RefId="0"><TN RefId="0"><T>Some.Wrapper</T></TN><MS><S N="Status">SUCCESS</S><Obj N="AdditionalData" RefId="1"><MS><S N="State">Active</S><DT N="ExpiresAt">2026-12-30T10:00:00Z</DT></MS></Obj><Obj N="Nodes" RefId="2"><LST><S>a</S><I32>2</I32></LST></Obj></MS></Obj>',
    );
    expect(accessOf([wrapped]).notUnderstood).toEqual([
      "Some.Wrapper @{Status=SUCCESS; AdditionalData=@{State=Active; ExpiresAt=2026-12-30T10:00:00Z}; Nodes=(a, 2)}",
    ]);
  });

  test.each<[string, readonly ClixmlValue[]]>([
    ["a property", [customObject({ Inner: customObject({ SasCredential: "abcDEF123", A: "kept" }) })]],
    ["a Hashtable", [hashtable({ Zugang: hashtable({ SasCredential: "abcDEF123" }) })]],
    ["a pair", [customObject({ Name: "SasCredential", Value: "abcDEF123" })]],
    [
      "a field of a drawn list",
      [
        customObject({
          list: list([
            customObject({ label: "SasCredential", field: customObject({ propertyValue: "abcDEF123" }) }),
          ]),
        }),
      ],
    ],
    ["a SecureString", [customObject({ X: scalar("SS", "abcDEF123") })]],
    ["a line", ["SasCredential : abcDEF123"]],
    [
      "a long value that goes on",
      ["SasCredential : Endpoint=sb://x/;", "                abcDEF123=", "State : Active"],
    ],
    [
      "a long value in one text",
      ["SasCredential : Endpoint=sb://x/;\r\n                abcDEF123=\r\nState : Active"],
    ],
    [
      "a table",
      ["State  SasCredential Level", "-----  ------------- -----", "Active abcDEF123     Diagnostics"],
    ],
    ["JSON", ['{"State":"Active","SasCredential":"abcDEF123"}']],
    ["XML", ['<S N="SasCredential">abcDEF123</S>']],
    ["a signature", ["sig=abcDEF123&se=2"]],
    [
      "a row of a drawn table",
      [
        psObject({
          typeNames: ["Microsoft.PowerShell.Commands.Internal.Format.FormatStartData"],
          extended: {
            shapeInfo: customObject({
              tableColumnInfoList: list([customObject({ propertyName: "SasCredential" })]),
            }),
          },
        }),
        psObject({
          typeNames: ["Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData"],
          extended: {
            formatEntryInfo: customObject({ fields: list([customObject({ propertyValue: "abcDEF123" })]) }),
          },
        }),
      ],
    ],
  ])("but for its secrets: %s", (_, output) => {
    const { notUnderstood } = accessOf(output, {
      said: output.flatMap((value) => (typeof value === "string" ? value.split("\r\n") : [])),
    });
    expect(notUnderstood.length).toBeGreaterThan(0);
    expect(notUnderstood.join("\n")).not.toContain("abcDEF123");
    expect(notUnderstood.join("\n")).toContain("[hidden]");
  });

  test("so many texts of a bounded length, and a word about the rest", () => {
    const { notUnderstood } = accessOf(
      Array.from({ length: 1_000 }, (_, index) => `line ${index} ${"x".repeat(9_000)}`),
    );
    expect(notUnderstood).toHaveLength(mostTexts + 1);
    expect(notUnderstood.at(-1)).toContain("800 more");
    expect(Math.max(...notUnderstood.map((text) => text.length))).toBeLessThan(3_000);
  });

  test("an object that holds itself comes to an end", () => {
    const parts = new Map<string, ClixmlValue>([["Name", "x"]]);
    const endless = customObject(parts);
    for (let index = 0; index < 50; index++) parts.set(`Self${index}`, endless);
    const [text = ""] = accessOf([endless]).notUnderstood;
    expect(text.length).toBeLessThan(3_000);
  });
});
