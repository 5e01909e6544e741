import type { Fact, GrantProgress } from "#contract";
import { expect, test } from "vitest";
import { aQuestion } from "../../../electron/testing/builders.ts";
import { startedOpening } from "../../stores/opening.ts";
import type { RunningOpening } from "../../stores/opening.ts";
import { isPastQuestion, stageWords } from "./stageWords.ts";

const fact = (kind: Fact["kind"]): Fact => ({
  at: "2026-11-24T03:00:00.000Z",
  kind,
  endpoint: "ERCS01",
  text: kind,
});

function at(stage: GrantProgress["stage"], about: Partial<RunningOpening> = {}): RunningOpening {
  const question = stage === "question" ? aQuestion() : null;
  const progress = {
    startedAt: "2026-11-24T03:00:00.000Z",
    stage,
    facts: stage === "answered" ? [fact("question"), fact("answered")] : [],
    doing: null,
    question,
    outcome: null,
  };
  return { ...startedOpening(null), progress, ...about };
}

test.each(["before", "asked", "question"] as const)(
  "up to the answer a stop leaves no answer: %s",
  (stage) => {
    expect(isPastQuestion(at(stage))).toBe(false);
  },
);

test.each(["answered", "reading", "over"] as const)(
  "from the answer on no stop takes it back: %s",
  (stage) => {
    expect(isPastQuestion(at(stage))).toBe(true);
  },
);

test.each([
  ["the question", at("question"), /waits for your answer/],
  ["an answer that travels", at("question", { answering: "yes" }), /Sending your Yes/],
  ["a Yes that is out", at("answered", { answering: "yes" }), /the Yes is out, and no stop takes it back/],
  ["an answer of another page", at("answered"), /answered on another page/],
  ["a stop", at("asked", { stopping: true }), /Stopping the command/],
  [
    "a stop that came after the Yes",
    at("answered", { answering: "yes", stopping: true }),
    /the Yes is out.*Not waiting/,
  ],
] as const)("what is waited for is said in words: %s", (_name, opening, words) => {
  expect(stageWords(opening)).toMatch(words);
});

test("an endpoint that dies at its question is told at once: the question is gone, and nobody answered it", () => {
  const { progress } = at("question");
  if (progress === null) throw new Error("no progress");
  const facts = [fact("question"), fact("stopped")];
  const gone = at("question", { progress: { ...progress, question: null, facts } });
  expect(stageWords(gone)).toMatch(/question is gone/);
  const reading = at("reading", { progress: { ...progress, stage: "reading", question: null, facts } });
  expect(stageWords(reading)).toMatch(/question is gone without an answer.*Reading the door again/);
});

test("a command that put no question is not said to be answered", () => {
  expect(stageWords(at("reading"))).toMatch(/no question was put/);
});
