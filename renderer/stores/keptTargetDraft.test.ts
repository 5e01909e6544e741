import { beforeEach, expect, test } from "vitest";
import { keptTargetDraft } from "./keptTargetDraft.ts";
import { emptyDraft } from "../features/targets/targetForm.ts";

const typed = { ...emptyDraft, name: "Oslo", account: "AZS\\cloudadmin" };

beforeEach(() => sessionStorage.clear());

test("what was typed for a new target is there again for a page that is loaded anew, until it is forgotten", () => {
  expect(keptTargetDraft(sessionStorage).read()).toBeNull();
  keptTargetDraft(sessionStorage).keep(typed);
  expect(keptTargetDraft(sessionStorage).read()).toEqual(typed);
  keptTargetDraft(sessionStorage).forget();
  expect(keptTargetDraft(sessionStorage).read()).toBeNull();
});

test.each([
  "{",
  "{}",
  JSON.stringify({ ...typed, endpoints: [] }),
  JSON.stringify({ ...typed, password: "x" }),
])("nothing is taken from what is no draft: %s", (text) => {
  sessionStorage.setItem("console.newTarget", text);
  expect(keptTargetDraft(sessionStorage).read()).toBeNull();
});

test("it costs nothing but typing where the browser keeps nothing", () => {
  const refuses = (): never => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const drafts = keptTargetDraft({ getItem: refuses, setItem: refuses, removeItem: () => undefined });
  drafts.keep(typed);
  expect(drafts.read()).toBeNull();
});
