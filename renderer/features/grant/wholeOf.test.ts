import { expect, test } from "vitest";
import { publishedQuestion, wholeText } from "../../../electron/services/consent/termsText.ts";
import { diffWords } from "./diffWords.ts";
import { wholeOf } from "./wholeOf.ts";

test.each([
  ["published", publishedQuestion],
  ["with other line ends", { text: " a\r\nb\r", message: "\r\nProceed? ", choices: [" Yes", "No "] }],
  ["without a text", { text: "", message: "Proceed?", choices: ["Yes"] }],
])("a question is put together as the console does it: %s", (_name, asked) => {
  expect(wholeOf(asked)).toBe(wholeText(asked));
});

test("a difference is marked in the text, in the message and in the choices alike", () => {
  const asked = { text: "No access to data.", message: "Proceed?", choices: ["Yes", "No"] };
  const other = { text: "Full access to data.", message: "Proceed anyway?", choices: ["Yes", "Always"] };
  const pieces = diffWords(wholeOf(asked), wholeOf(other));
  const of = (kind: string) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text.trim());
  expect(of("added")).toEqual(["Full", "Proceed anyway?", "[Always]"]);
  expect(of("removed")).toEqual(["No", "Proceed?", "[No]"]);
});
