import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readXml } from "./read.ts";
import { XmlScanner } from "./scan.ts";
import type { XmlLimits } from "./tree.ts";
import { XmlError } from "./xmlError.ts";

/** The code of the error that reading ends in, or "read". */
function outcome(text: string, limits: Partial<XmlLimits> = {}): string {
  try {
    readXml(text, limits);
    return "read";
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
}

describe("what is read", () => {
  test("names are resolved to namespaces, whatever the prefixes", () => {
    const envelope = readXml('<q:a xmlns:q="urn:1" xmlns="urn:2"><b q:c="d" e="f"/><g xmlns=""/></q:a>');
    expect(envelope).toEqual({
      namespace: "urn:1",
      name: "a",
      attributes: [],
      children: [
        {
          namespace: "urn:2",
          name: "b",
          attributes: [
            { namespace: "urn:1", name: "c", value: "d" },
            { namespace: "", name: "e", value: "f" },
          ],
          children: [],
        },
        { namespace: "", name: "g", attributes: [], children: [] },
      ],
    });
  });

  test("a prefix means what the nearest element says, and after that element what it meant before", () => {
    const [inner, after] = readXml('<p:a xmlns:p="urn:1"><p:a xmlns:p="urn:2"/><p:a/></p:a>').children;
    expect([inner, after]).toMatchObject([{ namespace: "urn:2" }, { namespace: "urn:1" }]);
  });

  test("references, CDATA, comments and instructions leave one text", () => {
    expect(readXml("<a>1 &lt;&#x41;&#66;&amp;<!-- no --><![CDATA[<&]]><?go on?> 2</a>").children).toEqual([
      "1 <AB&<& 2",
    ]);
  });

  test("line ends become LF in text, white space becomes blanks in attributes, references stay", () => {
    const element = readXml('<a b="1\r\n2\t3&#xA;4">5\r\n6\r7&#xD;</a>');
    expect(element.attributes[0]?.value).toBe("1 2 3\n4");
    expect(element.children).toEqual(["5\n6\n7\r"]);
  });

  test.each([
    '<?xml version="1.0" encoding="utf-8"?><a/>',
    "\uFEFF<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<a/>",
    "<?xml version='1.0'?><a/>\n<!-- x -->",
  ])("%s is taken", (text) => {
    expect(readXml(text).name).toBe("a");
  });

  test("xml:lang needs no declaration", () => {
    expect(readXml('<a xml:lang="en-US"/>').attributes).toEqual([
      { namespace: "http://www.w3.org/XML/1998/namespace", name: "lang", value: "en-US" },
    ]);
  });

  test("letters of any script may be names, and characters beyond 16 bits are text", () => {
    expect(readXml("<größe>𝄞</größe>")).toMatchObject({ name: "größe", children: ["𝄞"] });
  });
});

describe("what is refused", () => {
  test.each([
    ["dtd", "<!DOCTYPE a><a/>"],
    ["dtd", '<!doctype a [<!ENTITY b "c">]><a>&b;</a>'],
    ["entity", "<a>&nbsp;</a>"],
    ["entity", "<a>&#0;</a>"],
    ["entity", "<a>&#xFFFE;</a>"],
    ["entity", "<a>&#x110000;</a>"],
    ["entity", "<a>&#xD800;</a>"],
    ["entity", "<a>a & b</a>"],
    ["entity", '<a b="&lt"/>'],
    ["duplicateAttribute", '<a b="1" b="2"/>'],
    ["duplicateAttribute", '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ["prefix", "<p:a/>"],
    ["prefix", '<a p:b="1"/>'],
    ["prefix", '<a><b xmlns:p="u"/><p:c/></a>'],
    ["prefix", '<a xmlns:p=""/>'],
    ["prefix", '<a xmlns:xml="urn:other"/>'],
    ["prefix", '<a xmlns:xmlns="u"/>'],
    ["encoding", '<?xml version="1.0" encoding="utf-16"?><a/>'],
    ["encoding", '<?xml version="2.0"?><a/>'],
    ["character", "<a>\u0001</a>"],
    ["character", "<a>\uFFFF</a>"],
    ["character", "<a>\uD834</a>"],
    ["character", '<a b="\uDD1E"/>'],
    ["character", "<!-- \u0000 --><a/>"],
    ["malformed", ""],
    ["malformed", "text"],
    ["malformed", "<a>"],
    ["malformed", "<a></b>"],
    ["malformed", "<a></ab>"],
    ["malformed", "</a>"],
    ["malformed", "<a/><b/>"],
    ["malformed", "<a/>text"],
    ["malformed", "<a>]]></a>"],
    ["malformed", "<a b=c/>"],
    ["malformed", "<a b='1'c='2'/>"],
    ["malformed", "<a b='<'/>"],
    ["malformed", "<a b/>"],
    ["malformed", "<a:b:c xmlns:a='u'/>"],
    ["malformed", "<:a/>"],
    ["malformed", "<1/>"],
    ["malformed", "<!-- a -- b --><a/>"],
    ["malformed", "<a><![CDATA[</a>"],
    ["malformed", "<a/><![CDATA[]]>"],
    ["malformed", " <?xml version='1.0'?><a/>"],
  ])("%s: %s", (code, text) => {
    expect(outcome(text)).toBe(code);
  });

  test.each<[string, Partial<XmlLimits>, string, string]>([
    ["depth", { depth: 2 }, "<a><b/></a>", "<a><b><c/></b></a>"],
    ["elements", { elements: 2 }, "<a><b/></a>", "<a><b/><b/></a>"],
    ["attributes", { attributes: 2 }, '<a b="" c=""/>', '<a b="" c="" d=""/>'],
    ["name", { nameLength: 3 }, "<abc/>", "<abcd/>"],
    ["attributeLength", { attributeLength: 3 }, '<a b="123"/>', '<a b="1234"/>'],
  ])("more than the limit of %s", (code, limits, allowed, tooMuch) => {
    expect(outcome(allowed, limits)).toBe("read");
    expect(outcome(tooMuch, limits)).toBe(code);
  });

  test("a million nested elements end in the limit, not in the stack", () => {
    expect(outcome("<a>".repeat(1_000_000))).toBe("depth");
    expect(outcome("<a>".repeat(1_000_000), { depth: Number.POSITIVE_INFINITY })).toBe("malformed");
  });

  test("an error tells the place and nothing of the text", () => {
    expect(() => readXml("<a>secret &password; </a>")).toThrow(/^[^]*\(at 10\)$/);
    expect(() => readXml("<a>secret &password; </a>")).not.toThrow(/secret|password/);
  });
});

test("any text at all is read or refused with an XmlError", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<a>",
      "</a>",
      "<a/>",
      "<a b='c'",
      ">",
      "&lt;",
      "&#x",
      ";",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
    ),
    fc.constantFrom("<?xml version='1.0'?>", "<?p ", "?>", " xmlns:p='u'", "<p:a>", "\uD800", "\uFFFE"),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(typeof outcome(pieces.join(""))).toBe("string");
    }),
    { numRuns: 500 },
  );
});

describe("a tag that was met before", () => {
  test("is in the namespace of the place where it stands now", () => {
    const [first, second] = readXml(
      '<r><x xmlns="urn:1"><a b="c"/></x><y xmlns="urn:2"><a b="c"/></y></r>',
    ).children;
    expect([first, second]).toMatchObject([
      { children: [{ namespace: "urn:1", name: "a" }] },
      { children: [{ namespace: "urn:2", name: "a" }] },
    ]);
  });

  test("has no namespaces of another tag's attributes", () => {
    const read = (): unknown =>
      readXml('<r><a b="c"/><q:a xmlns:q="urn:1" q:b="c"/><a b="c"/></r>').children[2];
    expect(read()).toEqual(read());
    expect(read()).toMatchObject({ namespace: "", attributes: [{ namespace: "", name: "b", value: "c" }] });
  });

  test.each([
    ["name", '<longer b="c"/>', { nameLength: 3 }],
    ["attributeLength", '<a b="longer"/>', { attributeLength: 3 }],
    ["attributes", '<a b="c" d="e"/>', { attributes: 1 }],
    ["depth", '<a b="c"><a b="c"/></a>', { depth: 1 }],
    ["elements", '<a b="c"><a b="c"/></a>', { elements: 1 }],
  ])("is refused under a stricter limit: %s", (code, text, limits) => {
    expect([outcome(text), outcome(text, limits)]).toEqual(["read", code]);
  });

  test("is told from one that only begins like it", () => {
    const values = ["c>d", "c", "c>", ""].map((value) => readXml(`<a b="${value}"/>`).attributes[0]?.value);
    expect(values).toEqual(["c>d", "c", "c>", ""]);
    expect(outcome('<a b="c>')).toBe("malformed");
    expect(outcome('<a b="c"')).toBe("malformed");
  });

  test("does not carry a character that only CLIXML may have", () => {
    for (const value of ["\uFFFE", "&#xFFFE;"]) {
      const text = `<a b="${value}"/>`;
      const scanner = new XmlScanner(text, { nonCharactersPass: true });
      scanner.next();
      expect(scanner.attribute("b")).toBe("\uFFFE");
      expect(outcome(text)).not.toBe("read");
    }
  });
});
