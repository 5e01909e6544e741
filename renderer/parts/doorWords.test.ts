import { expect, test } from "vitest";
import { anOverview } from "../../electron/testing/builders.ts";
import { doorMeaning, mayBeOpen } from "./doorWords.ts";

const lastKnown = {
  operator: "Ann",
  at: "2026-11-24T03:00:00Z",
  until: "2026-11-24T11:00:00Z",
  certain: true,
};
const unknown = (about: object) => anOverview({}, { state: "unknown", ...about }).door;

test("a door that cannot be read is told with what was known of it before, and Revoke stays at hand", () => {
  const open = unknown({ lastKnown });
  expect(doorMeaning(open)).toContain("Last known open (by Ann, until 2026-11-24 11:00 UTC).");
  expect(mayBeOpen(open)).toBe(true);
  expect(doorMeaning(unknown({ lastKnown: { ...lastKnown, operator: null, until: null } }))).toContain(
    "Last known open (not from this console, until when is not known).",
  );
});

test("a door that nobody has read yet is treated as open where it was open before, told beside it or not", () => {
  const before = unknown({ lastKnown });
  expect(doorMeaning(before, true)).toBe("No endpoint has answered yet. Treat it as open.");
  expect(doorMeaning(unknown({}))).toBe("No endpoint has answered yet.");
});

test("a grant of which nobody read what came may have opened it", () => {
  const asked = unknown({ lastKnown: { ...lastKnown, certain: false, until: null } });
  expect(doorMeaning(asked)).toContain("May have been opened by Ann.");
  expect(mayBeOpen(asked)).toBe(true);
});

test("a door that is being opened says so, and has Revoke at hand", () => {
  const { door } = anOverview({}, { state: "opening" });
  expect(doorMeaning(door)).toMatch(/asked for/);
  expect(mayBeOpen(door)).toBe(true);
});
