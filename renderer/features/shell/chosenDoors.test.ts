import type { Door, TargetOverview } from "#contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { chosenDoors } from "./chosenDoors.ts";

const states: readonly Door["state"][] = ["closed", "open", "inside", "closing", "notConfirmed", "unknown"];

function overview(state: Door["state"], place: number): TargetOverview {
  return anOverview({ id: String(place) }, { state });
}

test("every door that may be open is in the top bar with its Revoke, and no door is lost from the count", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...states), { maxLength: 40 }), (doors) => {
      const overviews = doors.map(overview);
      const { shown, more } = chosenDoors(overviews);
      expect(shown).toEqual(expect.arrayContaining(overviews.filter(({ door }) => mayBeOpen(door))));
      expect(shown.length + more).toBe(overviews.length);
      const shut = shown.filter(({ door }) => !mayBeOpen(door)).length;
      expect(shut).toBeLessThanOrEqual(3);
    }),
  );
});
