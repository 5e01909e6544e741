import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeString, UnescapedPieces, unescapeString } from "./strings.ts";

const decoded = "treble clef\n _x0000_ _X0000_ \u{1D11E} café \uD83C _x001G_";
const encoded = "treble clef_x000A_ _x005F_x0000_ _x005F_X0000_ _xD834__xDD1E_ café _xD83C_ _x005F_x001G_";

test("the worked pair goes both ways (protocol 7.4)", () => {
  expect(escapeString(decoded)).toBe(encoded);
  expect(unescapeString(encoded)).toBe(decoded);
});

test("controls, DEL, C1, white space and marks are written so that XML cannot change them", () => {
  expect(escapeString("\t\r\n\u0000\u007F\u009F\u00A0\uFFFE<&>\"'")).toBe(
    "_x0009__x000D__x000A__x0000__x007F__x009F_\u00A0_xFFFE_&lt;&amp;&gt;&quot;&apos;",
  );
});

test.each([
  ["_x0041_", "A"],
  ["_X004a_", "J"],
  ["_x0041_x0042_", "Ax0042_"],
  ["_x005F_x0041_", "_x0041_"],
  ["_x0001F600_", "\u{1F600}"],
  ["_xFFFFFFFF_", "_xFFFFFFFF_"],
  ["_x004_ _x00411_ _x0041", "_x004_ _x00411_ _x0041"],
])("%s is read as %j", (text, value) => {
  expect(unescapeString(text)).toBe(value);
});

test("any string is read back equal, and needs no care of XML any more", () => {
  const string = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  });
  const tricky = fc
    .array(fc.oneof(fc.constantFrom("_", "x", "X", "_x", "0041", "_", "\n", "<"), string))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(string, tricky), (text) => {
      const written = escapeString(text);
      expect(written).not.toMatch(/[<>"'\t\r\n\uD800-\uDFFF\uFFFE\uFFFF]/);
      expect(unescapeString(written.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? ""))).toBe(
        text,
      );
    }),
  );
});

test("a text says the same in pieces, however it is cut", () => {
  const part = fc.constantFrom(
    "_",
    "x",
    "X",
    "_x000D_",
    "_x0001F600_",
    "_x005F_",
    "x0041_",
    "_xFFFFFFFF_",
    "a",
    "_x00",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.array(fc.nat(30), { minLength: 1 }), (parts, sizes) => {
      const text = parts.join("");
      const pieces = new UnescapedPieces();
      for (let at = 0, turn = 0; at < text.length; turn++) {
        const size = (sizes[turn % sizes.length] ?? 0) + 1;
        pieces.add(text.slice(at, at + size));
        at += size;
      }
      expect(pieces.end()).toBe(unescapeString(text));
    }),
  );
});

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
