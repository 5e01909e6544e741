import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aClixmlValue } from "../../testing/clixmlValues.ts";
import { conformance, conformanceText } from "../../testing/conformance.ts";
import { dictionary, enumValue, list, psObject, scalar } from "./build.ts";
import { ClixmlError } from "./clixmlError.ts";
import { readClixml, readClixmlFile } from "./read.ts";
import type { ClixmlObject, ClixmlValue } from "./value.ts";
import { writeClixml } from "./write.ts";

describe("what is written", () => {
  test("parts stand in the order of Windows, and type names are given once", () => {
    const state = (name: string): ClixmlValue => enumValue("My.State", name, 1);
    const written = writeClixml(
      psObject({
        base: { kind: "list", items: [state("On"), state("Off")] },
        adapted: { a: 1 },
        extended: { b: "" },
      }),
    );
    expect(written).toBe(
      '<Obj RefId="0"><LST>' +
        '<Obj RefId="1"><TN RefId="0"><T>My.State</T><T>System.Enum</T><T>System.ValueType</T><T>System.Object</T></TN><ToString>On</ToString><I32>1</I32></Obj>' +
        '<Obj RefId="2"><TNRef RefId="0" /><ToString>Off</ToString><I32>1</I32></Obj>' +
        '</LST><Props><I32 N="a">1</I32></Props><MS><S N="b"></S></MS></Obj>',
    );
  });

  test("an object met again is a reference, and a value that holds itself can be written", () => {
    const shared = psObject({ display: "x" });
    expect(writeClixml(list([shared, shared], []))).toBe(
      '<Obj RefId="0"><LST><Obj RefId="1"><ToString>x</ToString></Obj><Ref RefId="1" /></LST></Obj>',
    );
    const extended = new Map<string, ClixmlValue>();
    const self: ClixmlObject = psObject({ extended });
    extended.set("Self", self);
    expect(writeClixml(self)).toBe('<Obj RefId="0"><MS><Ref N="Self" RefId="0" /></MS></Obj>');
  });

  test("names and texts are escaped wherever they stand", () => {
    const value = psObject({ typeNames: ["a<b"], display: "\n", extended: { '"_x': null } });
    expect(writeClixml(value)).toBe(
      '<Obj RefId="0"><TN RefId="0"><T>a&lt;b</T></TN><ToString>_x000A_</ToString><MS><Nil N="&quot;_x005F_x" /></MS></Obj>',
    );
  });

  test.each<[string, ClixmlValue]>([
    ["range", 1.5],
    ["range", 2_147_483_648],
    ["range", Number.NaN],
    ["range", 1n << 63n],
    ["range", scalar("By", "256")],
    ["text", scalar("G", "x")],
    ["text", scalar("PR", "</PR><S>out</S><PR>")],
    ["structure", scalar("PR", "<Obj/>")],
    ["key", dictionary([[null, 1]])],
    [
      "key",
      dictionary([
        ["a", 1],
        ["a", 2],
      ]),
    ],
    ["typeNames", psObject({ typeNames: Array.from({ length: 65 }, () => "T") })],
    ["depth", Array.from({ length: 51 }).reduce<ClixmlValue>((inner) => list([inner]), null)],
  ])("%s ends writing", (code, value) => {
    expect(() => writeClixml(value)).toThrow(expect.objectContaining({ name: "ClixmlError", code }));
  });
});

test("what is written is read back equal", () => {
  fc.assert(
    fc.property(aClixmlValue(), (value) => {
      expect(readClixml(writeClixml(value))).toEqual(value);
    }),
    { numRuns: 300 },
  );
});

test("a text changed anywhere gives a value or a ClixmlError", () => {
  const cut = fc.tuple(
    aClixmlValue(),
    fc.nat(),
    fc.nat(12),
    fc.oneof(fc.string(), fc.constantFrom("<Obj>", "<", "&", '"')),
  );
  fc.assert(
    fc.property(cut, ([value, at, length, put]) => {
      const text = writeClixml(value);
      const start = at % (text.length + 1);
      expect(["read", "refused"]).toContain(outcome(text.slice(0, start) + put + text.slice(start + length)));
    }),
    { numRuns: 500 },
  );
});

test("any text gives a value or a ClixmlError", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (anything) => {
      expect(["read", "refused"]).toContain(outcome(anything));
    }),
  );
});

/** Lets every error through that is not one of ours. */
function outcome(text: string): string {
  try {
    readClixml(text);
    return "read";
  } catch (error) {
    if (error instanceof ClixmlError) return "refused";
    throw error;
  }
}

const powerShell = conformance("powershell");

test("what PowerShell wrote is read, and written to an equal tree", (context) => {
  context.skip(powerShell.missing, powerShell.reason);
  const texts = powerShell.files.filter((path) => /\.json(\.gz)?$/.test(path)).flatMap(payloads);
  expect(texts.length).toBeGreaterThan(2_000);
  for (const text of texts)
    for (const value of readClixmlFile(text))
      expect(isDeepStrictEqual(readClixml(writeClixml(value)), value)).toBe(true);
});

type Recording = {
  readonly items?: readonly { readonly clixml?: string }[];
  readonly decoded?: readonly { readonly clixml?: string }[];
};

/** The CLIXML texts of one recording; one of them is cut on purpose. */
function payloads(path: string): readonly string[] {
  if (path.includes("bad_create_pipeline_xml")) return [];
  const recording = JSON.parse(conformanceText(path)) as Recording;
  return [...(recording.items ?? []), ...(recording.decoded ?? [])].flatMap(({ clixml }) =>
    clixml ? [clixml] : [],
  );
}
