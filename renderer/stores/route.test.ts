import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRoute, routeHash } from "./route.ts";
import type { Route } from "./route.ts";

const id = fc.string({ minLength: 1, unit: "grapheme" });
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>(
    { screen: "overview" },
    { screen: "ledger" },
    { screen: "targets" },
    { screen: "addTarget" },
  ),
  id.map((targetId): Route => ({ screen: "grant", targetId })),
  id.map((targetId): Route => ({ screen: "sessions", targetId })),
  id.map((targetId): Route => ({ screen: "target", targetId })),
  fc.tuple(id, id).map(([targetId, sessionId]): Route => ({ screen: "transcript", targetId, sessionId })),
);

test("what is written into the address bar is read back", () => {
  fc.assert(
    fc.property(route, (each) => {
      expect(parseRoute(routeHash(each))).toEqual(each);
    }),
  );
});

test.each(["", "#", "#token=abc", "#/nowhere", "#/transcript/t", "#/%E0%A4%A/x"])(
  "%s is the overview",
  (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: "overview" });
  },
);
