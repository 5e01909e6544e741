import { describe, expect, test } from "vitest";
import type { Failure } from "#contract";
import { aGrant, aSession } from "../../testing/builders.ts";
import { doorOf, type DoorView, type TargetReading } from "./doorOf.ts";

const now = new Date("2026-11-21T03:10:00.000Z");
const secondsAgo = (seconds: number): string => new Date(now.getTime() - seconds * 1_000).toISOString();
const because: Failure = { code: "notConfirmed", sentence: "no proof", remedy: "retry" };
const silent: Failure = { code: "unreachable", sentence: "no answer", remedy: "retry" };

const reading = (about: Partial<TargetReading> = {}): TargetReading => ({
  endpoint: "ERCS01",
  readAt: secondsAgo(5),
  grants: [],
  sessions: [],
  others: [],
  ...about,
});
const live = aSession({ startedAt: "2026-11-21T03:00:00.000Z", endedAt: null });
const expired = aGrant({ active: false, state: "Expired" });
const failedSince = (seconds: number) =>
  ({ state: "notConfirmed", since: secondsAgo(seconds), because }) as const;

const cases: readonly (readonly [string, Partial<DoorView>, string])[] = [
  ["nothing was ever read", { reading: null }, "unknown"],
  ["no active grant, just read", {}, "closed"],
  ["only expired grants", { reading: reading({ grants: [expired] }) }, "closed"],
  ["closed, read exactly two intervals ago", { reading: reading({ readAt: secondsAgo(60) }) }, "closed"],
  ["closed, read longer ago", { reading: reading({ readAt: secondsAgo(61) }) }, "unknown"],
  ["open, read longer ago", { reading: reading({ grants: [aGrant()], readAt: secondsAgo(61) }) }, "unknown"],
  ["closed and young, though the newest try failed", { trouble: silent }, "closed"],
  ["an active grant", { reading: reading({ grants: [expired, aGrant()] }) }, "open"],
  [
    "a grant past its end that is still listed active",
    { reading: reading({ grants: [aGrant({ expiresAt: secondsAgo(9) })] }) },
    "open",
  ],
  ["someone inside", { reading: reading({ grants: [aGrant()], sessions: [live] }) }, "inside"],
  ["someone inside without a grant", { reading: reading({ sessions: [live] }) }, "inside"],
  [
    "a session that lost its end a month ago",
    { reading: reading({ sessions: [aSession({ startedAt: "2026-10-20T00:00:00.000Z", endedAt: null })] }) },
    "closed",
  ],
  [
    "another endpoint still shows a grant",
    { reading: reading({ others: [{ endpoint: "ERCS02", active: true }] }) },
    "unknown",
  ],
  [
    "another endpoint agrees",
    { reading: reading({ others: [{ endpoint: "ERCS02", active: false }] }) },
    "closed",
  ],
  ["a revoke runs, whatever was read", { revoke: { state: "closing" } }, "closing"],
  ["a revoke failed after the last reading", { revoke: failedSince(1) }, "notConfirmed"],
  ["a revoke failed, and a later reading proves it closed", { revoke: failedSince(9) }, "closed"],
  [
    "a revoke failed, and a later reading shows the old grant",
    { revoke: failedSince(9), reading: reading({ grants: [aGrant()] }) },
    "notConfirmed",
  ],
  [
    "a revoke failed, and someone granted anew",
    { revoke: failedSince(9), reading: reading({ grants: [aGrant({ updatedAt: secondsAgo(6) })] }) },
    "open",
  ],
  [
    "a revoke failed, and someone is still inside",
    { revoke: failedSince(9), reading: reading({ sessions: [live] }) },
    "notConfirmed",
  ],
];

describe("the door", () => {
  test.each(cases)("%s", (_, about, state) => {
    const view: DoorView = { reading: reading(), revoke: { state: "none" }, trouble: null, ...about };
    expect(doorOf(view, now).state).toBe(state);
  });

  test("shows the grant that lasts longest, and who answered when", () => {
    const longer = aGrant({ key: "longer", expiresAt: "2026-11-22T00:00:00.000Z" });
    const view: DoorView = {
      reading: reading({ grants: [aGrant(), longer] }),
      revoke: { state: "none" },
      trouble: null,
    };
    expect(doorOf(view, now)).toMatchObject({
      grant: { key: "longer" },
      answeredBy: "ERCS01",
      answeredAt: secondsAgo(5),
    });
  });

  test("names the endpoints that disagree", () => {
    const others = [{ endpoint: "ERCS02", active: true }];
    const door = doorOf({ reading: reading({ others }), revoke: { state: "none" }, trouble: null }, now);
    expect(door.trouble?.sentence).toContain("ERCS01 shows no active grant, ERCS02 an active grant");
  });
});
