import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conformance, conformanceText } from "../../testing/conformance.ts";
import { byteArray, dateTime, dictionary, enumValue, guid, list, psObject, scalar } from "./build.ts";
import { ClixmlError } from "./clixmlError.ts";
import { readClixml, readClixmlFile } from "./read.ts";
import type { ClixmlObject, ClixmlValue, ScalarTag } from "./value.ts";
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

const text = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const digits = (tag: ScalarTag, min: number, max: number): fc.Arbitrary<ClixmlValue> =>
  fc.integer({ min, max }).map((number) => scalar(tag, String(number)));
const scalars = fc.oneof(
  digits("C", 0, 65_535),
  digits("By", 0, 255),
  digits("SB", -128, 127),
  digits("I16", -32_768, 32_767),
  digits("U32", 0, 4_294_967_295),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((number) => scalar("U64", String(number))),
  fc.uuid().map(guid),
  fc
    .date({ noInvalidDate: true, min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31") })
    .map(dateTime),
  fc.uint8Array().map(byteArray),
  fc.tuple(fc.constantFrom<ScalarTag>("URI", "XD", "SBK"), text).map(([tag, value]) => scalar(tag, value)),
  fc.constantFrom(
    scalar("Db", "NaN"),
    scalar("D", "-1.10"),
    scalar("TS", "-PT0.0015S"),
    scalar("Version", "1.2"),
  ),
);
const name = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "N", ""));

/** Values of every kind, a few levels deep; keys and names that count as equal stand once. */
function aClixmlValue(): fc.Arbitrary<ClixmlValue> {
  const { value } = fc.letrec<{ value: ClixmlValue }>((tie) => {
    const properties = fc
      .uniqueArray(fc.tuple(name, tie("value")), { maxLength: 3, selector: ([key]) => key.toLowerCase() })
      .map((entries) => new Map(entries));
    const items = fc.array(tie("value"), { maxLength: 3 });
    const kind = fc.constantFrom("list" as const, "enumerable" as const, "stack" as const, "queue" as const);
    const entries = fc.uniqueArray(fc.tuple(fc.oneof(text, fc.boolean(), fc.integer()), tie("value")), {
      maxLength: 3,
      selector: ([key]) => key,
    });
    const base = fc.oneof(
      tie("value"),
      fc.record({ kind, items }),
      entries.map((pairs) => ({ kind: "dictionary" as const, entries: pairs })),
    );
    const typeNames = fc.array(text, { maxLength: 2 });
    const object = fc
      .record(
        { typeNames, display: fc.option(text), base, adapted: properties, extended: properties },
        { requiredKeys: [] },
      )
      .map(psObject);
    const plain = fc.oneof(
      fc.constant(null),
      text,
      fc.boolean(),
      fc.integer(),
      fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
      scalars,
    );
    return { value: fc.oneof({ maxDepth: 3, depthIdentifier: "clixml" }, plain, object) };
  });
  return value;
}

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
