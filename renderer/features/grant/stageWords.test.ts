import type { GrantProgress } from "#contract";
import { expect, test } from "vitest";
import { aQuestion } from "../../../electron/testing/builders.ts";
import { startedOpening } from "../../stores/opening.ts";
import type { RunningOpening } from "../../stores/opening.ts";
import { isAnswered, stageWords } from "./stageWords.ts";

function at(stage: GrantProgress["stage"], about: Partial<RunningOpening> = {}): RunningOpening {
  const question = stage === "question" ? aQuestion() : null;
  const progress = {
    startedAt: "2026-11-24T03:00:00.000Z",
    stage,
    facts: [],
    doing: null,
    question,
    outcome: null,
  };
  return { ...startedOpening(null), progress, ...about };
}

test.each(["before", "asked", "question"] as const)(
  "up to the answer a stop leaves no answer: %s",
  (stage) => {
    expect(isAnswered(at(stage))).toBe(false);
  },
);

test.each(["answered", "reading", "over"] as const)(
  "from the answer on no stop takes it back: %s",
  (stage) => {
    expect(isAnswered(at(stage))).toBe(true);
  },
);

test.each([
  ["the question", at("question"), /waits for your answer/],
  ["an answer that travels", at("question", { answering: "yes" }), /Sending your Yes/],
  ["a Yes that is out", at("answered", { answering: "yes" }), /the Yes is out, and no stop takes it back/],
  ["an answer of another page", at("answered"), /not by this page/],
  ["a stop", at("asked", { stopping: true }), /Stopping the command/],
  [
    "a stop that came after the Yes",
    at("answered", { answering: "yes", stopping: true }),
    /the Yes is out.*Not waiting/,
  ],
] as const)("what is waited for is said in words: %s", (_name, opening, words) => {
  expect(stageWords(opening)).toMatch(words);
});

test("an endpoint that dies at its question is told at once: the question is gone", () => {
  const { progress } = at("question");
  if (progress === null) throw new Error("no progress");
  expect(stageWords(at("question", { progress: { ...progress, question: null } }))).toMatch(
    /question is gone/,
  );
});
