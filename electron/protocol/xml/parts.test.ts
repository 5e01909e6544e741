import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { XmlScanner, type XmlSource } from "./scan.ts";
import { XmlError } from "./xmlError.ts";

/** Small ones, so that the window moves on often. */
const limits = { attributes: 3, nameLength: 20, attributeLength: 60 };

/** All that is said of a document, neighbouring texts as one; an error ends it. */
function saidOf(source: XmlSource): readonly string[] {
  const said: string[] = [];
  let text = "";
  try {
    const scanner = new XmlScanner(source, { limits, window: 0 });
    for (let event = scanner.next(); event !== "end"; event = scanner.next()) {
      if (event === "text") text += scanner.text;
      else {
        if (text !== "") said.push(text);
        text = "";
        const attributes = Array.from({ length: scanner.attributeCount }, (_, index) =>
          scanner.attributeAt(index),
        );
        said.push(
          event === "open" ? `${scanner.namespace} ${scanner.name} ${JSON.stringify(attributes)}` : "close",
        );
      }
    }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    said.push(`${error.code} at ${error.position}`);
  }
  return said;
}

function inParts(document: string, sizes: readonly number[]): XmlSource {
  let at = 0;
  let turn = 0;
  return () => {
    if (at >= document.length) return null;
    const size = sizes[turn++ % sizes.length] ?? 1;
    return document.slice(at, (at += size));
  };
}

const long = (text: string): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 90_000 }).map((length) => text.repeat(Math.ceil(length / text.length)));
const content = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('<b c="d"/>', '<b c="&lt;">x</b>', '<p:b xmlns:p="urn:1" p:c="d"/>', "\r\n"),
  },
  { weight: 3, arbitrary: fc.constantFrom("plain text ", "&amp;&#x1F600;", "a\r\nb\rc", "😀é").chain(long) },
  {
    weight: 1,
    arbitrary: long("x-").map((text) => `<!--${text.replaceAll("--", "- ").replace(/-$/, "")}-->`),
  },
  { weight: 1, arbitrary: long("x]]").map((text) => `<![CDATA[${text}]]>`) },
  { weight: 1, arbitrary: long("x?").map((text) => `<?pi ${text}?>`) },
  { weight: 1, arbitrary: fc.constantFrom("]]>", "&nbsp;", "<b", "\u0000", "</c>", "\uD800") },
);

test("a document says the same whole and in parts, however they are cut", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 4 });
  const parts = sizes.filter((all) => all.some((size) => size > 2_000));
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 12 }), parts, (contents, cuts) => {
      const document = `<a>${contents.join("")}</a>`;
      expect(saidOf(inParts(document, cuts))).toEqual(saidOf(document));
    }),
    { numRuns: 60 },
  );
});

describe("a long text, which comes in pieces", () => {
  test.each([
    ["&amp;", "&"],
    ["&#x0010FFFF;", "\u{10FFFF}"],
    ["\r\n", "\n"],
    ["\r\r\n\r", "\n\n\n"],
    ["😀", "😀"],
    ["\r😀&lt;", "\n😀<"],
  ])("%j is read whole wherever it stands", (written, read) => {
    for (let before = 65_536 - 20; before <= 65_536; before++) {
      const scanner = new XmlScanner(`<a>${"x".repeat(before)}${written}${"y".repeat(70_000)}</a>`);
      scanner.next();
      expect(scanner.readOnlyText() === `${"x".repeat(before)}${read}${"y".repeat(70_000)}`).toBe(true);
    }
  });

  test("the end of a section is refused where a piece ends too", () => {
    for (let before = 65_536 - 4; before <= 65_536; before++) {
      const scanner = new XmlScanner(`<a>${"x".repeat(before)}]]>${"y".repeat(70_000)}</a>`);
      scanner.next();
      expect(() => scanner.readOnlyText()).toThrow(XmlError);
    }
  });
});
