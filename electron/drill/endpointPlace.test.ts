import { expect, test } from "vitest";
import { openEndpointPlace } from "./endpointPlace.ts";

test("an endpoint that was down comes back on its port, and its counts go on", async () => {
  const started: number[] = [];
  const closed: number[] = [];
  const place = await openEndpointPlace(async (port) => {
    started.push(port);
    return {
      port: 40_001,
      counts: { envelopes: 3, httpRequests: 4, connections: 1 },
      close: async () => void closed.push(port),
    };
  }, 0);
  await place.takeDown();
  await place.takeDown();
  expect([started, closed]).toEqual([[0], [0]]);
  expect(place.counts()).toEqual({ envelopes: 3, httpRequests: 4, connections: 1 });
  await place.bringUp();
  await place.bringUp();
  expect(started).toEqual([0, 40_001]);
  expect(place.port).toBe(40_001);
  expect(place.counts()).toEqual({ envelopes: 6, httpRequests: 8, connections: 2 });
});
