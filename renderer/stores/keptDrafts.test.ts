import { beforeEach, describe, expect, test } from "vitest";
import { keptDrafts } from "./keptDrafts.ts";

const draft = {
  level: "Diagnostics",
  minutes: "61",
  operator: "Ann",
  reason: "Disk alarm",
  caseNumber: "2611",
} as const;

describe("what was typed into a wizard", () => {
  beforeEach(() => sessionStorage.clear());

  test("is there again for a page that is loaded anew, for its own target only", () => {
    keptDrafts(sessionStorage).keep("stamp-1", draft);
    expect(keptDrafts(sessionStorage).read("stamp-1")).toEqual(draft);
    expect(keptDrafts(sessionStorage).read("stamp-2")).toBeNull();
  });

  test("is gone once it is forgotten", () => {
    const drafts = keptDrafts(sessionStorage);
    drafts.keep("stamp-1", draft);
    drafts.forget("stamp-1");
    expect(drafts.read("stamp-1")).toBeNull();
  });

  test.each(["{", '{"level":"Everything"}', JSON.stringify({ ...draft, more: 1 }), "null"])(
    "is not taken from what is no draft: %s",
    (text) => {
      sessionStorage.setItem("console.draft.stamp-1", text);
      expect(keptDrafts(sessionStorage).read("stamp-1")).toBeNull();
    },
  );

  test("costs nothing but typing where the browser keeps nothing", () => {
    const refuses = (): never => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const drafts = keptDrafts({ getItem: refuses, setItem: refuses, removeItem: () => undefined });
    drafts.keep("stamp-1", draft);
    expect(drafts.read("stamp-1")).toBeNull();
  });
});
