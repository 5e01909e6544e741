import { usualPreferences } from "#contract";
import type { GrantProgress } from "#contract";
import { describe, expect, test } from "vitest";
import { grantWizard, newWizard, wizardOf } from "./grantWizard.ts";
import type { WizardEvent, WizardState } from "./grantWizard.ts";

const terms = "aa";
const begun = newWizard(usualPreferences, "ana");
const filled: readonly WizardEvent[] = [
  { type: "next" },
  { type: "next" },
  { type: "typed", field: "reason", text: "storage alert" },
  { type: "next" },
  { type: "termsRead", sha256: terms },
  { type: "reachedEnd", sha256: terms },
  { type: "ticked", sha256: terms, on: true },
  { type: "next" },
];
const progress: GrantProgress = {
  startedAt: "2026-11-24T03:00:00.000Z",
  stage: "question",
  facts: [],
  doing: null,
  question: null,
  outcome: null,
};
const failure = { code: "channelLost", sentence: "lost", remedy: "retry" } as const;

function after(state: WizardState, ...events: readonly WizardEvent[]): WizardState {
  return events.reduce(grantWizard, state);
}

test("it begins at the level, with what the operator usually chooses", () => {
  expect(begun).toMatchObject({ step: "level", draft: { operator: "ana", minutes: "480" } });
});

test("all steps filled in lead to the review, and nothing else leads to the opening", () => {
  const review = after(begun, ...filled);
  expect(review.step).toBe("review");
  expect(after(review, { type: "next" }).step).toBe("review");
  expect(after(review, { type: "goTo", step: "opening" }).step).toBe("review");
  expect(after(review, { type: "openingStarted" })).toMatchObject({
    step: "opening",
    opening: { phase: "running" },
  });
});

test("back through every step loses nothing that was typed", () => {
  const review = after(begun, ...filled);
  const back = Array.from({ length: 5 }, (): WizardEvent => ({ type: "back" }));
  const first = after(review, ...back);
  expect(first.step).toBe("target");
  expect(first.draft).toEqual(review.draft);
  expect(after(first, { type: "goTo", step: "review" })).toMatchObject({
    step: "review",
    draft: review.draft,
  });
});

describe("a step with a problem is not left forward", () => {
  const table: readonly (readonly [string, readonly WizardEvent[], string])[] = [
    ["minutes refused", [{ type: "next" }, { type: "typed", field: "minutes", text: "59" }], "duration"],
    ["no reason", [{ type: "next" }, { type: "next" }], "why"],
    [
      "a reason of 10 000 characters",
      [{ type: "next" }, { type: "next" }, { type: "typed", field: "reason", text: "x".repeat(10_000) }],
      "why",
    ],
    [
      "a case number with a quote",
      [...filled.slice(0, 3), { type: "typed", field: "caseNumber", text: "a'b" }],
      "why",
    ],
    ["terms not ticked", filled.slice(0, 6), "terms"],
  ];
  test.each(table)("%s", (_name, events, step) => {
    const stuck = after(begun, ...events, { type: "next" });
    expect(stuck.step).toBe(step);
    expect(stuck.tried).toContain(step);
    expect(after(stuck, { type: "goTo", step: "review" }).step).toBe(step);
  });
});

test("a text cannot be ticked before its end was reached", () => {
  expect(after(begun, { type: "ticked", sha256: terms, on: true }).ticked).toEqual([]);
});

test("other terms than those ticked have to be ticked again", () => {
  const review = after(begun, ...filled, { type: "termsRead", sha256: "bb" });
  expect(after(review, { type: "openingStarted" }).step).toBe("review");
});

test("nothing can be changed while the door is being opened", () => {
  const opening = after(begun, ...filled, { type: "openingStarted" });
  const events: readonly WizardEvent[] = [
    { type: "typed", field: "minutes", text: "60" },
    { type: "choseLevel", level: "DiagnosticsRepair" },
    { type: "back" },
    { type: "goTo", step: "level" },
    { type: "again" },
  ];
  expect(after(opening, ...events)).toEqual(opening);
});

test("an answer that did not reach the console can be given again", () => {
  const opening = after(begun, ...filled, { type: "openingStarted" }, { type: "progressed", progress });
  const answered = after(opening, { type: "answering", answer: "yes" });
  expect(answered.opening).toMatchObject({ answering: "yes" });
  expect(after(answered, { type: "notSent", failure }).opening).toMatchObject({ answering: null, failure });
});

test("a lost opening is never an outcome, and what was typed is kept for the next", () => {
  const lost = after(begun, ...filled, { type: "openingStarted" }, { type: "lost", failure });
  expect(lost.opening).toEqual({ phase: "lost", progress: null, failure });
  const again = after(lost, { type: "again" });
  expect(again).toMatchObject({
    step: "review",
    opening: { phase: "none" },
    draft: { reason: "storage alert" },
  });
});

test("after an opening that another page began, the first thing that is missing here comes first", () => {
  const { minutes: _typed, ...draft } = begun.draft;
  const found = { request: { ...draft, minutes: 60, operator: "ben", reason: "disk alarm" }, progress };
  const ended = after(wizardOf(found.request), { type: "found", found }, { type: "lost", failure });
  expect(after(ended, { type: "again" })).toMatchObject({ step: "terms", opening: { phase: "none" } });
});
