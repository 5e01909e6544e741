import type { Door, RevokeProgress } from "#contract";
import { expect, test } from "vitest";
import { anOverview, aReceipt } from "../../../electron/testing/builders.ts";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import { shownDoor } from "./shownDoor.ts";

const receipt = aReceipt({ act: "revoke", outcome: "closed", finishedAt: "2026-11-24T03:00:04.000Z" });
const progress: RevokeProgress = {
  startedAt: "2026-11-24T03:00:00.000Z",
  facts: [],
  doing: null,
  taken: true,
  readings: [],
  outcome: null,
};
const closing: Revocation = { phase: "running", since: 1, operator: "a", progress, failure: null };
const closed: Revocation = {
  ...closing,
  phase: "ended",
  progress: { ...progress, outcome: { kind: "closed", milliseconds: 4_000, receipt } },
};
const notSent: Revocation = { ...closing, phase: "notSent", progress: null };
const before = "2026-11-24T03:00:03.000Z";
const after = "2026-11-24T03:00:05.000Z";

test.each([
  ["no revoke was seen", "open", before, undefined, "open"],
  ["the revoke runs, the door was read before it", "open", before, closing, "closing"],
  ["the proof is there, the door was read before it", "open", before, closed, "closed"],
  ["the proof is there, the door was told while it still closed", "closing", before, closed, "closed"],
  ["somebody opened it after the proof", "open", after, closed, "open"],
  ["somebody opens it after the proof", "opening", before, closed, "opening"],
  ["the door is not known", "unknown", after, closed, "unknown"],
  ["the revoke was not sent", "inside", before, notSent, "inside"],
] as const)(
  "a door never goes back from Closing to Open by an old reading: %s",
  (_name, state, answeredAt, revocation, shown) => {
    const { door }: { readonly door: Door } = anOverview({}, { state, answeredAt });
    expect(shownDoor(door, revocation)).toBe(shown);
  },
);
