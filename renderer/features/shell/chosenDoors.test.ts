import type { Door, TargetOverview } from "#contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { chosenDoors } from "./chosenDoors.ts";

const states: readonly Door["state"][] = ["closed", "open", "inside", "closing", "notConfirmed", "unknown"];

function overview(state: Door["state"], place: number): TargetOverview {
  return {
    target: {
      kind: "stamp",
      id: String(place),
      practice: false,
      name: `T${place}`,
      transport: "http",
      configuration: "PrivilegedEndpoint",
      account: "a",
      endpoints: [{ name: "ERCS01", host: "h", port: 5985 }],
      signIn: { kind: "negotiate" },
      certificates: [],
    },
    signedIn: true,
    door: { state, grant: null, sessionsInside: [], answeredBy: null, answeredAt: null, trouble: null },
  };
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
