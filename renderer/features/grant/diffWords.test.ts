import fc from "fast-check";
import { expect, test } from "vitest";
import { diffWords } from "./diffWords.ts";

test("the new text is shown whole and unedited, whatever it is compared with", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", " ", "\n", "days"), { maxLength: 40 });
  fc.assert(
    fc.property(words, words, (before, after) => {
      const pieces = diffWords(before.join(" "), after.join(" "));
      const shown = pieces.filter(({ kind }) => kind !== "removed").map(({ text }) => text);
      expect(shown.join("")).toBe(after.join(" "));
    }),
  );
});

test("a changed number is marked", () => {
  expect(diffWords("kept 90 days", "kept 300 days")).toEqual([
    { kind: "same", text: "kept " },
    { kind: "removed", text: "90" },
    { kind: "added", text: "300" },
    { kind: "same", text: " days" },
  ]);
});

test("words that change side by side are one change, which can be read", () => {
  expect(diffWords("up to ninety (90) days here", "up to one hundred and eighty (180) days there")).toEqual([
    { kind: "same", text: "up to " },
    { kind: "removed", text: "ninety (90)" },
    { kind: "added", text: "one hundred and eighty (180)" },
    { kind: "same", text: " days " },
    { kind: "removed", text: "here" },
    { kind: "added", text: "there" },
  ]);
});

test("another line break is no difference", () => {
  expect(diffWords("one two", "one\ntwo").every(({ kind }) => kind === "same")).toBe(true);
});
