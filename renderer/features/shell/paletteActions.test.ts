import { usualPreferences } from "#contract";
import type { Door, TargetOverview } from "#contract";
import { expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { matchingActions } from "../../ui/matchingActions.ts";
import { paletteActions } from "./paletteActions.ts";

function overview(state: Door["state"], signedIn = true): TargetOverview {
  return { ...anOverview({ id: state, name: `Stamp ${state}` }, { state }), signedIn };
}

const known = { places: [], canPractise: true, preferences: usualPreferences };
const words = (overviews: readonly TargetOverview[]): readonly string[] =>
  paletteActions({ ...known, overviews }).map((action) => action.words);

test("revoke is offered for each door that may be open, before everything else, and has to be said twice", () => {
  const actions = paletteActions({ ...known, overviews: [overview("closed"), overview("open")] });
  expect(actions.filter(({ asksTwice }) => asksTwice === true)).toEqual([
    {
      id: "revoke Revoke access to Stamp open",
      words: "Revoke access to Stamp open",
      deed: { kind: "revoke", targetId: "open" },
      asksTwice: true,
    },
  ]);
  expect(actions[0]?.deed.kind).toBe("revoke");
});

test("a door is opened only by who is signed in", () => {
  expect(words([overview("closed", false)])).not.toContain("Grant access to Stamp closed");
  expect(words([overview("closed", false)])).toContain("Sign in to Stamp closed");
  expect(words([overview("closed")])).toContain("Grant access to Stamp closed");
});

test("an opening that is under way is gone to by its name, question and all", () => {
  expect(words([overview("opening")])).toContain("Answer or follow the opening of Stamp opening");
  expect(words([overview("opening")])).not.toContain("Grant access to Stamp opening");
});

test("no two actions are taken for each other", () => {
  const actions = paletteActions({ ...known, overviews: [overview("open"), overview("inside")] });
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
});

test("an action is found by any of its words, and what begins with them stands first", () => {
  const actions = paletteActions({ ...known, overviews: [overview("open")] });
  const found = (typed: string): readonly string[] =>
    matchingActions(actions, typed).map((action) => action.words);
  expect(found("open rev")).toEqual(["Revoke access to Stamp open"]);
  expect(found("open")[0]).toBe("Open the practice stamp");
  expect(found("nothing like it")).toEqual([]);
  expect(found("  ")).toHaveLength(actions.length);
});
