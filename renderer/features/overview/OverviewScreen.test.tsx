import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anEndpointReading, anOverview, aSession } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { putInSight, sightIsSaid } from "../../testing/sight.ts";
import { OverviewScreen } from "./OverviewScreen.tsx";

beforeEach(sightIsSaid);
afterEach(cleanup);

/** The targets whose streams are open, in the order in which they were opened. */
function openStreams() {
  const open: string[] = [];
  async function* held(targetId: string, signal: AbortSignal) {
    open.push(targetId);
    yield* [];
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    open.splice(open.indexOf(targetId), 1);
  }
  return { open, held };
}

test("of many targets only the cards that can be seen are read, and one that was seen keeps its content", async () => {
  const { open, held } = openStreams();
  const endpoints = [anEndpointReading()];
  const sessions = [aSession()];
  const stores = await drawn(<OverviewScreen />, {
    sessions: {
      watch: async function* ({ targetId }, signal) {
        yield {
          reading: { sessions, endpoint: "ERCS01", readAt: "2026-11-21T03:10:00.000Z", endpoints },
          trouble: null,
        };
        yield* held(targetId, signal);
      },
    },
    grants: { watch: ({ targetId }, signal) => held(targetId, signal) },
  });
  const overviews = Array.from({ length: 100 }, (_, place) =>
    anOverview({ id: `t${place}`, name: `Stamp ${place}` }, { endpoints }),
  );
  act(() => stores.targets.setState({ overviews }));
  const cards = screen.getAllByRole("heading", { level: 2 }).map((title) => title.closest("section"));
  const cardOf = (place: number) => cards[place];
  const see = (...places: readonly number[]): void =>
    act(() => putInSight((element) => places.some((place) => cardOf(place) === element)));
  expect(open).toEqual([]);
  see(0, 1);
  await expect.poll(() => open.toSorted()).toEqual(["t0", "t0", "t1", "t1"]);
  await expect.poll(() => cardOf(0)?.textContent).toContain("Last visit ended");
  see(1, 2);
  await expect.poll(() => open.toSorted()).toEqual(["t1", "t1", "t2", "t2"]);
  expect(cardOf(0)?.textContent).toContain("Last visit ended");
  expect(cardOf(99)?.textContent).not.toContain("Last visit");
});
