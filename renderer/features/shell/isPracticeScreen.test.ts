import { usualPreferences } from "#contract";
import { expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { grantWizard, newWizard } from "../../stores/grantWizard.ts";
import type { Route } from "../../stores/route.ts";
import { isPracticeScreen } from "./isPracticeScreen.ts";

const practice = anOverview({ id: "practice", practice: true }, {});
const real = anOverview({ id: "real" }, {});
const begun = newWizard(usualPreferences, "ana");
const atTargets = grantWizard(begun, { type: "goTo", step: "target" });

const table: readonly (readonly [string, Route, boolean, string | null])[] = [
  ["the wizard of the practice stamp", { screen: "grant", targetId: "practice" }, true, "practice"],
  ["the wizard of a real stamp", { screen: "grant", targetId: "real" }, false, "real"],
  ["the choice of a target", { screen: "grant", targetId: null }, false, "practice"],
  ["the sessions of the chosen target", { screen: "sessions", targetId: null }, true, "practice"],
  ["the sessions of a real target", { screen: "sessions", targetId: null }, false, "real"],
  ["a transcript", { screen: "transcript", targetId: "practice", sessionId: "s" }, true, "practice"],
  ["the overview", { screen: "overview" }, false, "practice"],
  ["the ledger", { screen: "ledger" }, false, "practice"],
];

test.each(table)(
  "PRACTICE frames only what is practice, all of it: %s",
  (_name, route, isFramed, current) => {
    const overviews = [practice, real];
    expect(isPracticeScreen({ route, overviews, wizards: { practice: begun }, current })).toBe(isFramed);
  },
);

test("the first step of the wizard lists every target, whichever it is of", () => {
  const route = { screen: "grant", targetId: "practice" } as const;
  const shown = { route, wizards: { practice: atTargets }, current: "practice" };
  expect(isPracticeScreen({ ...shown, overviews: [practice, real] })).toBe(false);
  expect(isPracticeScreen({ ...shown, overviews: [practice] })).toBe(true);
});
