import type { GrantProgress, Question, UnderWay } from "#contract";
import { ConsoleError } from "#contract";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anOverview, aQuestion } from "../../../electron/testing/builders.ts";
import { publishedQuestion, wholeText } from "../../../electron/services/consent/termsText.ts";
import { drawn } from "../../testing/drawn.tsx";
import { OpeningStep } from "./OpeningStep.tsx";
import { wholeOf } from "./wholeOf.ts";

const published = {
  ...publishedQuestion,
  choices: [...publishedQuestion.choices],
  sha256: "a".repeat(64),
};
const startedAt = "2026-11-24T03:00:00.000Z";
const request = {
  level: "DiagnosticsRepair",
  minutes: 120,
  operator: "ben",
  reason: "disk alarm",
  caseNumber: "42",
} as const;
const text = (): string => document.body.textContent;
const yes = () => screen.getByRole("button", { name: "Yes, open the door" });
const isOff = (button: HTMLElement): boolean => button.getAttribute("aria-disabled") === "true";

function told(stage: GrantProgress["stage"], question: Question | null, facts = 1): readonly UnderWay[] {
  const fact = { at: startedAt, kind: "asked", endpoint: "ERCS01", text: "Enable-RemoteSupport" } as const;
  const progress = {
    startedAt,
    stage,
    facts: Array.from({ length: facts }, () => fact),
    doing: null,
    question,
    outcome: null,
  };
  return [{ targetId: "target-1", opening: { request, progress }, revoke: null }];
}

/** The opening of a target as this page shows it, which another one began. */
async function opening(answer: () => Promise<null> = async () => null) {
  const overviews = [anOverview({ name: "Contoso" }, {})];
  const stores = await drawn(<OpeningStep targetId="target-1" />, {
    targets: {
      watch: async function* () {
        yield overviews;
      },
    },
    consent: { terms: async () => published, answer },
  });
  await act(() => stores.targets.getState().watch(new AbortController().signal));
  const tell = async (underWay: readonly UnderWay[]): Promise<void> => {
    act(() => stores.grant.getState().seen(underWay));
    if (underWay[0]?.opening?.progress.question != null)
      await act(() => stores.grant.getState().readTerms("target-1"));
  };
  return { stores, tell };
}
const asked = (about: Partial<Question>): Question => {
  const { text: terms, message, choices } = { ...published, ...about };
  return aQuestion({
    text: terms,
    message,
    choices,
    whole: wholeText({ text: terms, message, choices }),
    ...about,
  });
};

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

test("an opening that another page began says what is asked for, and by whom", async () => {
  const { tell } = await opening();
  await tell(told("question", asked({ sha256: published.sha256 })));
  expect(text()).toContain("Diagnostics and repair for 2 h, asked for by ben: disk alarm, case 42");
});

test("the very text that is published, not ticked on this page: it is ticked anew, and nothing is marked", async () => {
  const { stores, tell } = await opening();
  await tell(told("question", asked({ sha256: published.sha256, sameAsPublished: true })));
  expect(text()).toContain("This was not ticked on this page yet");
  expect(document.querySelector("ins")).toBeNull();
  expect(isOff(yes())).toBe(true);
  act(() => stores.grant.getState().dispatch("target-1", { type: "reachedEnd", sha256: published.sha256 }));
  fireEvent.click(screen.getByRole("checkbox", { name: /I have read this text/ }));
  expect(isOff(yes())).toBe(false);
});

test("a tick of the published terms is none to a question of another hash, whose difference is marked in every part", async () => {
  const { stores, tell } = await opening();
  const other = asked({ message: "Proceed at once?", choices: ["Yes", "Always"], sha256: "b".repeat(64) });
  await tell(told("question", null));
  await act(() => stores.grant.getState().readTerms("target-1"));
  for (const type of ["reachedEnd", "ticked"] as const)
    act(() => stores.grant.getState().dispatch("target-1", { type, sha256: published.sha256, on: true }));
  await tell(told("question", other, 2));
  expect(text()).toContain("This is not the text that the product publishes");
  const added = [...document.querySelectorAll("ins")].map((piece) => piece.textContent);
  expect(added.join(" ")).toContain("at once?");
  expect(added.join(" ")).toContain("[Always]");
  expect(isOff(yes())).toBe(true);
  expect(text()).toContain("Proceed at once? [Yes] [Always]");
  expect(wholeOf(published)).toBe(wholeText(publishedQuestion));
});

test("who answers second is told that it was answered, and not that something failed", async () => {
  const { tell } = await opening(async () => {
    throw new ConsoleError("notFound", "This question is no longer open: it was answered.");
  });
  await tell(told("question", asked({ sha256: published.sha256 })));
  fireEvent.click(screen.getByRole("button", { name: "No, keep it shut" }));
  await screen.findByText(/it was answered\./);
  await tell(told("answered", null, 2));
  expect(text()).toContain("The question was answered already, or the command was stopped");
  expect(text()).not.toContain("did not reach");
});

test("up to the answer it can be stopped without one; after it a stop ends the waiting, and Revoke is at hand", async () => {
  const { tell } = await opening();
  await tell(told("asked", null));
  expect(screen.getByRole("button", { name: "Stop without answering" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Revoke access to Contoso" })).toBeNull();
  await tell(told("answered", null, 2));
  expect(screen.queryByRole("button", { name: "Stop without answering" })).toBeNull();
  expect(screen.getByRole("button", { name: "Stop waiting" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Revoke access to Contoso" })).toBeDefined();
});

test("a question whose endpoint dies goes away at once", async () => {
  const { tell } = await opening();
  await tell(told("question", asked({ sha256: published.sha256 })));
  await tell(told("question", null, 2));
  expect(screen.queryByRole("button", { name: "Yes, open the door" })).toBeNull();
  expect(text()).toContain("The question is gone");
});
