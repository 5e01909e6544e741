import fc from "fast-check";
import { expect, test } from "vitest";
import { isXmlCharacter } from "./characters.ts";
import { readXml } from "./read.ts";
import type { XmlElement } from "./tree.ts";
import { node, writeXml, type XmlNode } from "./write.ts";
import { XmlError } from "./xmlError.ts";

test("elements, attributes and texts are written, and everything is escaped", () => {
  const envelope = node("s:a", { "xmlns:s": "urn:s", b: `<"'&>\t\r\n` }, [
    "<x> & ]]>\r",
    node("c"),
    node("d", {}, "e"),
  ]);
  expect(writeXml(envelope)).toBe(
    '<s:a xmlns:s="urn:s" b="&lt;&quot;&apos;&amp;&gt;&#x9;&#xD;&#xA;">&lt;x&gt; &amp; ]]&gt;&#xD;<c/><d>e</d></s:a>',
  );
});

test.each(["", "a b", "1a", "a:b:c", ":a", "a:", "a>", "a\n"])("%j is no name to write", (name) => {
  expect(() => writeXml(node(name))).toThrow(XmlError);
  expect(() => writeXml(node("a", { [name]: "" }))).toThrow(XmlError);
});

test.each(["\u0000", "\u000B", "\uFFFE", "\uD800", "a\uDC00"])("%j cannot be written", (text) => {
  expect(() => writeXml(node("a", {}, text))).toThrow(XmlError);
  expect(() => writeXml(node("a", { b: text }))).toThrow(XmlError);
});

const name = fc.constantFrom("a", "b", "Body", "x-1", "_y", "größe");
const text = fc
  .string({ unit: "binary", minLength: 1, maxLength: 12 })
  .filter((value) => Array.from(value).every((character) => isXmlCharacter(character.codePointAt(0) ?? 0)));
const attributes = fc.dictionary(name, text, { maxKeys: 3 });
const { tree } = fc.letrec<{ tree: XmlNode }>((tie) => ({
  tree: fc
    .record({
      name,
      attributes,
      texts: fc.array(text, { maxLength: 1 }),
      nodes: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie("tree"), { maxLength: 3 })),
    })
    // A text first: two texts side by side would be read as one.
    .map((parts) => node(parts.name, parts.attributes, [...parts.texts, ...parts.nodes])),
}));

const asRead = (written: XmlNode): XmlElement => ({
  namespace: "",
  name: written.name,
  attributes: Object.entries(written.attributes).map(([key, value]) => ({ namespace: "", name: key, value })),
  children: written.children.map((child) => (typeof child === "string" ? child : asRead(child))),
});

test("what is written is read back equal", () => {
  fc.assert(
    fc.property(tree, (written) => {
      expect(readXml(writeXml(written))).toEqual(asRead(written));
    }),
  );
});
