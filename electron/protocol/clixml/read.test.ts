import { describe, expect, test } from "vitest";
import { list, psObject, scalar } from "./build.ts";
import { ClixmlError } from "./clixmlError.ts";
import type { ClixmlLimits } from "./limits.ts";
import { isObject, itemsOf, property, textOf } from "./look.ts";
import { readClixml, readClixmlFile } from "./read.ts";

function outcome(text: string, limits: Partial<ClixmlLimits> = {}): string {
  try {
    readClixml(text, limits);
    return "read";
  } catch (error) {
    if (error instanceof ClixmlError) return error.code;
    throw error;
  }
}

describe("primitives", () => {
  test.each([
    ["<S></S>", ""],
    ["<S/>", ""],
    ["<S> a_x000A_b </S>", " a\nb "],
    ["<S>&#xFFFE;\uFFFF</S>", "\uFFFE\uFFFF"],
    ["<Nil />", null],
    ["<B>true</B>", true],
    ["<B>0</B>", false],
    ["<I32> +007 </I32>", 7],
    ["<I32>-2147483648</I32>", -2_147_483_648],
    ["<I64>9223372036854775807</I64>", 9_223_372_036_854_775_807n],
    ["<I64>-1</I64>", -1n],
    ["<I64>638000000000000001</I64>", 638_000_000_000_000_001n],
    ["<I64>9007199254740993</I64>", 9_007_199_254_740_993n],
    ["<I64>000000000000000042</I64>", 42n],
  ])("%s is %o", (text, value) => {
    expect(readClixml(text)).toBe(value);
  });

  test.each([
    ["C", "97", "97"],
    ["C", "55357", "55357"],
    ["By", "0255", "255"],
    ["SB", "-128", "-128"],
    ["I16", "-32768", "-32768"],
    ["U16", "65535", "65535"],
    ["U32", "4294967295", "4294967295"],
    ["U64", "18446744073709551615", "18446744073709551615"],
    ["Sg", "3.4028235E+38", "3.4028235E+38"],
    ["Db", "-INF", "-INF"],
    ["Db", "NaN", "NaN"],
    ["Db", "-0", "-0"],
    ["D", "1.10", "1.10"],
    ["D", "79228162514264337593543950335", "79228162514264337593543950335"],
    ["DT", "2018-06-13T23:45:29.4583203+00:00", "2018-06-13T23:45:29.4583203+00:00"],
    ["DT", "9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999"],
    ["DT", "0001-01-01T00:00:00", "0001-01-01T00:00:00"],
    ["DT", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["TS", "P10675199DT2H48M5.4775807S", "P10675199DT2H48M5.4775807S"],
    ["TS", "-PT1H40M5S", "-PT1H40M5S"],
    ["G", "792E5B37-4505-47ef-b7d2-8711bb7affa8", "792E5B37-4505-47ef-b7d2-8711bb7affa8"],
    ["URI", "a/b?c=_x0022_", 'a/b?c="'],
    ["Version", "5.1.14393.2248", "5.1.14393.2248"],
    ["XD", "&lt;a&gt;&amp;b;&lt;/a&gt;", "<a>&b;</a>"],
    ["SBK", "Get-Date_x000A_", "Get-Date\n"],
    ["BA", "AQ ID\nBA==", "AQIDBA=="],
    ["BA", "", ""],
    ["SS", "", ""],
  ] as const)("%s %s is kept as text %s", (tag, text, kept) => {
    expect(readClixml(`<${tag}>${text}</${tag}>`)).toEqual(scalar(tag, kept));
  });

  test.each([
    ["range", "<I32>2147483648</I32>"],
    ["range", "<I64>9223372036854775808</I64>"],
    ["range", `<I64>${"9".repeat(1_000)}</I64>`],
    ["range", "<By>256</By>"],
    ["range", "<By>-1</By>"],
    ["range", "<SB>128</SB>"],
    ["range", "<C>65536</C>"],
    ["range", "<D>79228162514264337593543950336</D>"],
    ["text", "<I32></I32>"],
    ["text", "<I32>1.0</I32>"],
    ["text", "<I32>1e3</I32>"],
    ["text", "<B>yes</B>"],
    ["text", "<Db>1,5</Db>"],
    ["text", "<Db>Infinity</Db>"],
    ["text", "<D>1E3</D>"],
    ["text", "<D>.</D>"],
    ["text", "<DT>8/26/2021 2:35:37 PM</DT>"],
    ["text", "<DT>2023-02-29T00:00:00</DT>"],
    ["text", "<DT>2023-01-01T24:00:00</DT>"],
    ["text", "<DT>2023-01-01T00:00:00.12345678Z</DT>"],
    ["text", "<DT>2023-01-01T00:00:00.Z</DT>"],
    ["text", "<TS>PT</TS>"],
    ["text", "<TS>P1Y</TS>"],
    ["text", "<TS>00:01:00</TS>"],
    ["text", "<G>792e5b37</G>"],
    ["text", "<Version>5</Version>"],
    ["text", "<Version>1.2147483648</Version>"],
    ["text", "<BA>AQ=</BA>"],
    ["text", "<BA>AQ-_</BA>"],
    ["structure", "<S><S/></S>"],
    ["structure", "<Nil>a</Nil>"],
    ["structure", "<Foo/>"],
    ["structure", "<constructor/>"],
    ["structure", "<Objs/>"],
    ["structure", '<S xmlns="urn:other"/>'],
    ["xml", "<S>"],
    ["xml", "<S/><S/>"],
    ["xml", "<!DOCTYPE S><S/>"],
  ])("%s: %s", (code, text) => {
    expect(outcome(text)).toBe(code);
  });
});

describe("objects", () => {
  test("an enum, a primitive with properties and an object wrapped twice", () => {
    const state = readClixml(
      '<Obj RefId="0"><TN RefId="0"><T>My.State</T><T>System.Enum</T></TN><ToString>Active</ToString><I32>1</I32></Obj>',
    );
    expect(state).toEqual(psObject({ typeNames: ["My.State", "System.Enum"], display: "Active", base: 1 }));
    expect(readClixml('<Obj><I32>5</I32><MS><S N="a">b</S></MS></Obj>')).toEqual(
      psObject({ base: 5, extended: { a: "b" } }),
    );
    expect(readClixml("<Obj><Obj><Nil/></Obj><MS/></Obj>")).toEqual(
      psObject({ base: psObject({ base: null }) }),
    );
  });

  test("parts may come in any order, with white space and comments between", () => {
    const value = readClixml(
      '<Obj>\n <MS><I32 N="a">1</I32></MS> <!-- c --> <LST> <S>x</S> </LST>\n<TN RefId="7"><T>T</T></TN></Obj>',
    );
    expect(value).toEqual(
      psObject({ typeNames: ["T"], extended: { a: 1 }, base: { kind: "list", items: ["x"] } }),
    );
  });

  test("every container is kept as what it is", () => {
    const kinds = ["LST", "IE", "STK", "QUE"].map((tag) =>
      readClixml(`<Obj><${tag}><S>a</S><Nil/></${tag}></Obj>`),
    );
    expect(kinds).toEqual(
      (["list", "enumerable", "stack", "queue"] as const).map((kind) =>
        psObject({ base: { kind, items: ["a", null] } }),
      ),
    );
    const dictionary =
      '<Obj><DCT><En><S N="Key">a</S><I32 N="Value">1</I32></En><En><S N="Key">A</S><Nil N="Value"/></En></DCT></Obj>';
    expect(readClixml(dictionary)).toEqual(
      psObject({
        base: {
          kind: "dictionary",
          entries: [
            ["a", 1],
            ["A", null],
          ],
        },
      }),
    );
  });

  test("objects and type names have RefId spaces of their own", () => {
    const value = readClixml(
      '<Obj RefId="0"><TN RefId="0"><T>A</T></TN><LST><Obj RefId="1"><TNRef RefId="0"/></Obj><Ref RefId="1"/></LST></Obj>',
    );
    const [first, second] = itemsOf(value);
    expect(first).toEqual(psObject({ typeNames: ["A"] }));
    expect(second).toBe(first);
  });

  test("an object may hold itself", () => {
    const value = readClixml('<Obj RefId="3"><MS><Ref N="Self" RefId="3"/></MS></Obj>');
    expect(property(value, "self")).toBe(value);
    expect(textOf(value)).toBeNull();
  });

  test("nested member sets are objects with extended properties", () => {
    const value = readClixml('<Obj><MS><MS N="Inner"><I32 N="a">1</I32></MS></MS></Obj>');
    expect(property(value, "Inner")).toEqual(psObject({ extended: { a: 1 } }));
  });

  test("of a name that stands twice the last counts, without case", () => {
    const value = readClixml('<Obj><MS><I32 N="Name">1</I32><I32 N="NAME">2</I32></MS></Obj>');
    expect(value).toEqual(psObject({ extended: { NAME: 2 } }));
  });

  test("names of the language's own objects are only names", () => {
    const value = readClixml(
      '<Obj><MS><S N="__proto__">a</S><S N="constructor">b</S><S N="_x0041_">c</S></MS></Obj>',
    );
    expect([property(value, "__proto__"), property(value, "constructor"), property(value, "a")]).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(property(readClixml("<Obj/>"), "toString")).toBeUndefined();
    expect(isObject(value) && Object.hasOwn(value, "__proto__")).toBe(false);
  });

  test.each([
    ["reference", '<Ref RefId="0"/>'],
    ["reference", "<Ref/>"],
    ["reference", '<Obj><TNRef RefId="0"/></Obj>'],
    ["reference", '<Obj><LST><Ref RefId="1"/><Obj RefId="1"/></LST></Obj>'],
    ["refId", '<Obj RefId="0"><Obj RefId="0"/></Obj>'],
    ["refId", '<Obj RefId="x"/>'],
    ["refId", '<Obj RefId=""/>'],
    ["refId", '<Obj RefId="99999999999"/>'],
    ["key", '<Obj><DCT><En><Nil N="Key"/><S N="Value"/></En></DCT></Obj>'],
    [
      "key",
      '<Obj><DCT><En><I32 N="Key">1</I32><S N="Value"/></En><En><I32 N="Key">01</I32><S N="Value"/></En></DCT></Obj>',
    ],
    ["key", '<Obj RefId="0"><DCT><En><Ref N="Key" RefId="0"/><S N="Value"/></En></DCT></Obj>'],
    ["structure", '<Obj><DCT><En><S N="Key"/></En></DCT></Obj>'],
    ["structure", "<Obj><DCT><S/></DCT></Obj>"],
    ["structure", "<Obj><S/><S/></Obj>"],
    ["structure", "<Obj>text</Obj>"],
    ["structure", "<Obj><MS><S>no name</S></MS></Obj>"],
    ["structure", "<Obj><TN><S/></TN></Obj>"],
    ["typeNames", `<Obj><TN>${"<T/>".repeat(65)}</TN></Obj>`],
    ["depth", `${"<Obj>".repeat(51)}${"</Obj>".repeat(51)}`],
    ["depth", `<Obj><MS>${'<MS N="a">'.repeat(50)}${"</MS>".repeat(50)}</MS></Obj>`],
    ["xml", "<Obj>".repeat(20)],
  ])("%s: %s", (code, text) => {
    expect(outcome(text)).toBe(code);
  });

  test("fifty nested objects are read", () => {
    expect(outcome(`${"<Obj>".repeat(50)}${"</Obj>".repeat(50)}`)).toBe("read");
  });

  test("limits can be set", () => {
    expect(outcome("<Obj><Obj/></Obj>", { objects: 1 })).toBe("depth");
    expect(outcome("<Obj><LST><S/><S/></LST></Obj>", { elements: 3 })).toBe("xml");
  });
});

describe("files", () => {
  test("a frame holds values, and each may count its RefIds anew", () => {
    const text =
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n <S>a</S> <Obj RefId="0"><LST/></Obj><Obj RefId="0"><LST/></Obj></Objs>';
    expect(readClixmlFile(text)).toEqual(["a", list([], []), list([], [])]);
    expect(readClixmlFile("<S>bare</S>")).toEqual(["bare"]);
  });

  test("a progress record is kept as its parts", () => {
    const [record] = readClixmlFile("<Objs><PR><AV>a_x0041_</AV> <AI>1</AI><Nil/><PC>-1</PC></PR></Objs>");
    expect(record).toEqual(scalar("PR", "<AV>aA</AV><AI>1</AI><Nil/><PC>-1</PC>"));
    expect(() => readClixmlFile("<PR><X/></PR>")).toThrow(ClixmlError);
  });
});
