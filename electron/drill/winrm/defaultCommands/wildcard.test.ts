import fc from "fast-check";
import { expect, test } from "vitest";
import { wildcard } from "./wildcard.ts";

test("without case, as an expression of any characters would fit", () => {
  const piece = fc.constantFrom(
    "*",
    "?",
    "a",
    "B",
    "-",
    "[a-b]",
    "`",
    "\\",
    "$",
    "\n",
    "ß",
    "ſ",
    "ı",
    "É",
    "é",
    "😀",
  );
  const text = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const literal = pattern.replaceAll(/[.+^${}()|\\/[\]]/g, "\\$&");
      const expression = new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, "is");
      expect(wildcard(pattern)(name)).toBe(expression.test(name));
    }),
    { numRuns: 2_000 },
  );
});

test("a pattern of many wildcards is read once for each character of the name at most", () => {
  const name = "Get-RemoteSupportSessionHistory";
  expect(wildcard(`${"?*".repeat(14)}#`)(name)).toBe(false);
  expect(wildcard(`${"?*".repeat(31)}`)(name)).toBe(true);
  expect(wildcard("?*".repeat(100_000))(name)).toBe(false);
  expect(wildcard("*".repeat(200_000))(name)).toBe(true);
  expect(wildcard(`${"*?".repeat(20)}*Support${"*".repeat(100_000)}y`)(name)).toBe(false);
});
