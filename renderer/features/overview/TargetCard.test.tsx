import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Door } from "#contract";
import { aGrant, anEndpointReading, anOverview } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { putInSight, sightIsSaid } from "../../testing/sight.ts";
import { TargetCard } from "./TargetCard.tsx";

beforeEach(sightIsSaid);
afterEach(cleanup);

const silent = anEndpointReading({
  endpoint: "ERCS03",
  readAt: null,
  activeGrants: null,
  liveSessions: null,
  failure: { code: "unreachable", sentence: "It did not answer within 20 seconds.", remedy: "retry" },
});
const card = async (door: Partial<Door>) => {
  const stores = await drawn(<TargetCard overview={anOverview({}, door)} />);
  act(() => putInSight(() => true));
  return stores;
};
const text = (): string => document.body.textContent;

test("a card names the endpoints that were not read, with the reason, and calls nothing there none", async () => {
  await card({
    state: "open",
    grant: aGrant(),
    endpoints: [anEndpointReading(), anEndpointReading({ endpoint: "ERCS02" }), silent],
  });
  expect(text()).toContain("2 of 3 endpoints were read.");
  expect(text()).toContain("ERCS03 not read: It did not answer within 20 seconds.");
  expect(text()).toContain("Sessions nowNone at the endpoints that were read (2 of 3)");
  expect(text()).toContain("What happened in the last 7 d: not read");
  expect(text()).toContain("Visits: not read yet.");
});

test("what an endpoint printed that nobody understood stands there as text, with the way to the check", async () => {
  const printed = "<img src=x onerror=alert(1)>\u202e State : Aktiv";
  await card({
    state: "unknown",
    endpoints: [anEndpointReading({ notUnderstood: [printed] })],
  });
  expect(document.querySelector("pre img")).toBeNull();
  expect(text()).toContain("<img src=x onerror=alert(1)>[U+202E] State : Aktiv");
  fireEvent.click(screen.getByRole("button", { name: "Open the connection check of Contoso" }));
  expect(location.hash).toBe("#/target/target-1");
});

test("an unknown door that was open before says who opened it and until when, and can be revoked", async () => {
  await card({
    state: "unknown",
    lastKnown: {
      operator: "Ann",
      at: "2026-11-24T03:00:00Z",
      until: "2026-11-24T11:00:00Z",
      certain: true,
    },
  });
  expect(text()).toContain("Unknown, last known open (by Ann, until 2026-11-24 11:00 UTC)");
  expect(screen.getByRole("button", { name: "Revoke access to Contoso" })).toBeTruthy();
});

test("a door that is being opened has its words and its Revoke", async () => {
  await card({ state: "opening" });
  expect(text()).toContain("Opening");
  expect(screen.getByRole("button", { name: "Revoke access to Contoso" })).toBeTruthy();
});
