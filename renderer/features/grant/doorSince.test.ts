import { expect, test } from "vitest";
import { anOverview, aReceipt } from "../../../electron/testing/builders.ts";
import { doorSince, mayRevoke } from "./doorSince.ts";

const before = "2026-11-21T03:00:09.000Z";
const after = "2026-11-21T03:00:11.000Z";
const receipt = aReceipt({ outcome: "notKnown", finishedAt: "2026-11-21T03:00:10.000Z" });
const door = (state: "closed" | "open" | "inside" | "unknown" | "opening", answeredAt: string | null) =>
  anOverview({}, { state, answeredAt }).door;

test.each([
  ["a reading from after it shows it shut", door("closed", after), "shut"],
  ["a reading from before it proves nothing", door("closed", before), "notKnown"],
  ["a reading from after it shows a grant", door("open", after), "open"],
  ["somebody is inside", door("inside", after), "open"],
  ["nothing that was read proves it", door("unknown", after), "notKnown"],
  ["nothing was read", door("unknown", null), "notKnown"],
  ["the target is gone", null, "notKnown"],
] as const)("an outcome that was not known is brought up to date: %s", (_name, now, since) => {
  expect(doorSince(now, receipt)).toBe(since);
});

test("revoke is at hand until a reading from after the opening shows the door shut", () => {
  expect(mayRevoke(receipt, door("closed", before))).toBe(true);
  expect(mayRevoke(receipt, door("closed", after))).toBe(false);
  expect(mayRevoke(aReceipt({ outcome: "declined" }), door("closed", after))).toBe(false);
  expect(mayRevoke(aReceipt({ outcome: "declined" }), door("open", after))).toBe(true);
});
