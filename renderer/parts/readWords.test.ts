import { expect, test } from "vitest";
import { anEndpointReading } from "../../electron/testing/builders.ts";
import { isWhole, noneWords, notRead, readCountWords, readingWords } from "./readWords.ts";

const read = (endpoint: string) => anEndpointReading({ endpoint });
const silent = (endpoint: string, sentence = "It did not answer within 20 seconds.") =>
  anEndpointReading({
    endpoint,
    readAt: null,
    activeGrants: null,
    liveSessions: null,
    failure: { code: "unreachable", sentence, remedy: "retry" },
  });
const unclear = anEndpointReading({ endpoint: "ERCS02", notUnderstood: ["<b>State : Aktiv</b>"] });

test("what was not read is never called none", () => {
  expect(noneWords("none", [read("ERCS01"), read("ERCS02")])).toBe("none");
  expect(noneWords("none", [read("ERCS01"), silent("ERCS02"), silent("ERCS03")])).toBe(
    "none at the endpoints that were read (1 of 3)",
  );
  expect(noneWords("none", [silent("ERCS01")])).toBe("not read");
  expect(noneWords("none", [])).toBe("not read");
  expect(noneWords("none", [read("ERCS01"), unclear])).toMatch(/none among what was understood/);
});

test("how many endpoints of how many were read is said in words", () => {
  expect(
    [
      [],
      [read("A")],
      [silent("A")],
      [read("A"), silent("B"), silent("C")],
      [read("A"), read("B"), silent("C")],
      [read("A"), read("B")],
    ].map(readCountWords),
  ).toEqual([
    "no endpoint was read yet",
    "its endpoint was read",
    "its endpoint was not read",
    "1 of 3 endpoints was read",
    "2 of 3 endpoints were read",
    "all 2 endpoints were read",
  ]);
});

test("endpoints that were not read are named with their reason, those with the same reason together", () => {
  const other = "The sign-in was refused.";
  expect(notRead([read("A"), silent("B"), silent("C", other), silent("D")])).toEqual([
    { names: "B, D", because: "It did not answer within 20 seconds." },
    { names: "C", because: other },
  ]);
});

test("a reading is whole when every endpoint was read and understood", () => {
  expect([[], [read("A")], [read("A"), silent("B")], [read("A"), unclear]].map(isWhole)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test("what one endpoint showed is one line, and what was not read is no zero in it", () => {
  expect(
    [
      read("A"),
      anEndpointReading({ activeGrants: 1, liveSessions: 2 }),
      silent("B"),
      anEndpointReading({ liveSessions: null, notUnderstood: ["State : Aktiv"] }),
    ].map(readingWords),
  ).toEqual([
    "no active grants, no running sessions",
    "1 active grant, 2 running sessions",
    "not read: It did not answer within 20 seconds.",
    "no active grants, running sessions not read; not understood: State : Aktiv",
  ]);
});
