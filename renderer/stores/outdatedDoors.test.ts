import type { Door, TargetOverview } from "#contract";
import { expect, test } from "vitest";
import { aGrant, anEndpointReading, anOverview } from "../../electron/testing/builders.ts";
import { outdatedDoors } from "./outdatedDoors.ts";

const answered = Date.parse("2026-11-24T03:00:00Z");

function overview(state: Door["state"], answeredAt: string | null = "2026-11-24T03:00:00Z"): TargetOverview {
  return anOverview({ id: state }, { state, answeredBy: "ERCS01", answeredAt });
}

test("a minute after the last answer no door is shown as closed, open or inside", () => {
  const doors = [overview("closed"), overview("open"), overview("inside")];
  const { overviews, nextAt } = outdatedDoors(doors, answered + 60_000);
  expect(overviews.map(({ door }) => door.state)).toEqual(["unknown", "unknown", "unknown"]);
  expect(nextAt).toBeNull();
});

test("what was open is told as last known, and no endpoint as read, once the answer is too old", () => {
  const open = anOverview(
    {},
    {
      state: "open",
      answeredAt: "2026-11-24T03:00:00Z",
      grant: aGrant({ expiresAt: "2026-11-24T11:00:00.000Z" }),
      endpoints: [anEndpointReading({ activeGrants: 1 })],
    },
  );
  const [aged] = outdatedDoors([open], answered + 60_000).overviews;
  expect(aged?.door.lastKnown).toEqual({
    operator: null,
    at: "2026-11-24T03:00:00Z",
    until: "2026-11-24T11:00:00.000Z",
    certain: true,
  });
  expect(aged?.door.endpoints[0]).toMatchObject({ activeGrants: null, failure: { code: "notConfirmed" } });
});

test("a young answer stands until it is too old", () => {
  const { overviews, nextAt } = outdatedDoors([overview("closed")], answered + 59_999);
  expect(overviews[0]?.door.state).toBe("closed");
  expect(nextAt).toBe(answered + 60_000);
});

test("a revoke that is not proved stays so, however old the answer", () => {
  const doors = [overview("closing"), overview("notConfirmed")];
  expect(outdatedDoors(doors, answered + 3_600_000).overviews).toEqual(doors);
});
