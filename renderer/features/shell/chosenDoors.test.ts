import type { Door, TargetOverview } from "#contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { chosenDoors } from "./chosenDoors.ts";

const states: readonly Door["state"][] = [
  "closed",
  "opening",
  "open",
  "inside",
  "closing",
  "notConfirmed",
  "unknown",
];

const overview = (state: Door["state"], place: number): TargetOverview =>
  anOverview({ id: String(place) }, { state });

test("no door is lost from the count, none that may be open stands behind one that is shut, and the bar stays one line", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...states), { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (doors, room) => {
        const overviews = doors.map(overview);
        const { shown, more, moreOpen } = chosenDoors(overviews, room);
        const open = overviews.filter(({ door }) => mayBeOpen(door));
        const shownOpen = shown.filter(({ door }) => mayBeOpen(door));
        expect(shown.length + more).toBe(overviews.length);
        expect(shownOpen.length + moreOpen).toBe(open.length);
        if (shownOpen.length < shown.length) expect(moreOpen).toBe(0);
        if (shown.length > 1) expect(shown.length + shownOpen.length).toBeLessThanOrEqual(room);
        expect(shown.length).toBeGreaterThanOrEqual(Math.min(1, overviews.length));
      },
    ),
  );
});

test("the worst is first, and alike ones keep their order", () => {
  const { shown } = chosenDoors(states.map(overview), 40);
  expect(shown.map(({ door }) => door.state)).toEqual([
    "notConfirmed",
    "inside",
    "open",
    "opening",
    "closing",
    "unknown",
    "closed",
  ]);
  const alike = chosenDoors(
    ["closed", "open", "closed", "open"].map((state, place) => overview(state as "open", place)),
    40,
  );
  expect(alike.shown.map(({ target }) => target.id)).toEqual(["1", "3", "0", "2"]);
});
