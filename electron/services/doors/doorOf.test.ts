import { describe, expect, test } from "vitest";
import type { EndpointReading, Failure, Scope } from "#contract";
import { aGrant, anEndpointReading, aSession } from "../../testing/builders.ts";
import type { Moment } from "./age.ts";
import { doorOf, type DoorView, type TargetReading } from "./doorOf.ts";

const now: Moment = { wall: Date.parse("2026-11-21T03:10:00.000Z"), monotonic: 1_000_000 };
const ago = (seconds: number): Moment => ({
  wall: now.wall - seconds * 1_000,
  monotonic: now.monotonic - seconds * 1_000,
});
const isoAgo = (seconds: number): string => new Date(ago(seconds).wall).toISOString();
const because: Failure = { code: "notConfirmed", sentence: "no proof", remedy: "retry" };
const silent: Failure = { code: "unreachable", sentence: "ERCS02 gave no answer.", remedy: "retry" };

const unread = (endpoint: string): EndpointReading =>
  anEndpointReading({ endpoint, readAt: null, activeGrants: null, liveSessions: null, failure: silent });
const shows = (endpoint: string, activeGrants = 0, liveSessions = 0): EndpointReading =>
  anEndpointReading({ endpoint, activeGrants, liveSessions });

/** What the endpoints show counts; the lists are what is told of it. */
const reading = (about: Partial<TargetReading> = {}): TargetReading => {
  const { grants = [], sessions = [] } = about;
  const active = grants.filter((grant) => grant.active).length;
  const running = sessions.filter((session) => session.running).length;
  return {
    endpoint: "ERCS01",
    askedAt: ago(5),
    at: ago(5),
    readAt: isoAgo(5),
    grants,
    sessions,
    endpoints: [shows("ERCS01", active, running)],
    aheadMs: 0,
    ...about,
  };
};
const live = aSession({ startedAt: "2026-11-21T03:00:00.000Z", endedAt: null, running: true });
const expired = aGrant({ active: false, state: "Expired" });
const failedSince = (seconds: number) => ({ state: "notConfirmed", since: ago(seconds), because }) as const;
const separate: Scope = { grants: "separate", by: "observed", at: isoAgo(99) };
const shared: Scope = { grants: "shared", by: "operator", at: isoAgo(99) };
const openAtTwo = reading({
  grants: [aGrant({ shownBy: ["ERCS02"] })],
  endpoints: [shows("ERCS01"), shows("ERCS02", 1)],
});

const view = (about: Partial<DoorView> = {}): DoorView => ({
  reading: reading(),
  revoke: { state: "none" },
  isOpening: false,
  scope: null,
  holders: [],
  lastKnown: null,
  trouble: null,
  ...about,
});

const cases: readonly (readonly [string, Partial<DoorView>, string])[] = [
  ["nothing was ever read", { reading: null }, "unknown"],
  ["no active grant, just read", {}, "closed"],
  ["only expired grants", { reading: reading({ grants: [expired] }) }, "closed"],
  ["closed, read exactly two intervals ago", { reading: reading({ at: ago(60) }) }, "closed"],
  ["closed, read longer ago", { reading: reading({ at: ago(61) }) }, "unknown"],
  ["open, read longer ago", { reading: reading({ grants: [aGrant()], at: ago(61) }) }, "unknown"],
  ["closed and young, though the newest try failed", { trouble: silent }, "closed"],
  ["an active grant", { reading: reading({ grants: [expired, aGrant()] }) }, "open"],
  [
    "a grant past its end that is still listed",
    { reading: reading({ grants: [aGrant({ expiresAt: isoAgo(9) })] }) },
    "open",
  ],
  ["someone inside", { reading: reading({ grants: [aGrant()], sessions: [live] }) }, "inside"],
  ["someone inside without a grant", { reading: reading({ sessions: [live] }) }, "inside"],
  [
    "an endpoint printed what nobody understood",
    { reading: reading({ endpoints: [{ ...shows("ERCS01"), notUnderstood: ["State : Active"] }] }) },
    "unknown",
  ],
  [
    "another endpoint was not read",
    { reading: reading({ endpoints: [shows("ERCS01"), unread("ERCS02")] }) },
    "unknown",
  ],
  [
    "another endpoint was not read, and they are known to share their grants",
    { reading: reading({ endpoints: [shows("ERCS01"), unread("ERCS02")] }), scope: shared },
    "closed",
  ],
  [
    "another endpoint was not read, and they are known to keep their own",
    { reading: reading({ endpoints: [shows("ERCS01"), unread("ERCS02")] }), scope: separate },
    "unknown",
  ],
  [
    "one that was read shows a grant, and another was not read",
    { reading: reading({ endpoints: [shows("ERCS01", 1), unread("ERCS02")] }) },
    "open",
  ],
  ["an endpoint disagrees", { reading: openAtTwo }, "unknown"],
  ["an endpoint disagrees, and they keep their own grants", { reading: openAtTwo, scope: separate }, "open"],
  ["the endpoints agree", { reading: reading({ endpoints: [shows("ERCS01"), shows("ERCS02")] }) }, "closed"],
  ["by the ledger a grant stands at an endpoint that is listed no more", { holders: ["ERCS09"] }, "unknown"],
  ["a grant was asked for just now", { isOpening: true }, "opening"],
  ["a grant was asked for, and nobody can be read", { isOpening: true, reading: null }, "opening"],
  [
    "a change was asked for while it is open",
    { isOpening: true, reading: reading({ grants: [aGrant()] }) },
    "open",
  ],
  ["a revoke runs, whatever was read", { revoke: { state: "closing" } }, "closing"],
  ["a revoke failed after the last reading", { revoke: failedSince(1) }, "notConfirmed"],
  ["a revoke failed, and a later reading proves it closed", { revoke: failedSince(9) }, "closed"],
  [
    "a revoke failed, and a later reading lacks an endpoint",
    { revoke: failedSince(9), reading: reading({ endpoints: [shows("ERCS01"), unread("ERCS02")] }) },
    "notConfirmed",
  ],
  [
    "a revoke failed, and a later reading shows the old grant",
    { revoke: failedSince(9), reading: reading({ grants: [aGrant()] }) },
    "notConfirmed",
  ],
  [
    "a revoke failed, and someone granted anew",
    { revoke: failedSince(9), reading: reading({ grants: [aGrant({ updatedAt: isoAgo(6) })] }) },
    "open",
  ],
  [
    "a revoke failed, and someone granted anew on a device whose clock is an hour behind",
    {
      revoke: failedSince(9),
      reading: reading({ grants: [aGrant({ updatedAt: isoAgo(3_606) })], aheadMs: -3_600_000 }),
    },
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
    expect(doorOf(view(about), now).state).toBe(state);
  });

  test("ages by the clock that went further: a wall clock that is set cannot keep it closed", () => {
    const later = { wall: now.wall, monotonic: now.monotonic + 61_000 };
    expect(doorOf(view(), later).state).toBe("unknown");
    const asleep = { wall: now.wall + 61_000, monotonic: now.monotonic };
    expect(doorOf(view(), asleep).state).toBe("unknown");
    const setBack = { wall: now.wall - 3_600_000, monotonic: now.monotonic + 1_000 };
    expect(doorOf(view(), setBack).state).toBe("unknown");
  });

  test("shows the grant that lasts longest, and who answered when", () => {
    const longer = aGrant({ key: "longer", expiresAt: "2026-11-22T00:00:00.000Z" });
    expect(doorOf(view({ reading: reading({ grants: [aGrant(), longer] }) }), now)).toMatchObject({
      grant: { key: "longer" },
      answeredBy: "ERCS01",
      answeredAt: isoAgo(5),
    });
  });

  test("names the endpoints that disagree", () => {
    expect(doorOf(view({ reading: openAtTwo }), now).trouble?.sentence).toContain(
      "ERCS02 shows an active grant, ERCS01 no active grant",
    );
  });

  test("tells in the endpoint's own words what was not understood", () => {
    const endpoints = [{ ...shows("ERCS01"), notUnderstood: ["State : Active"] }];
    expect(doorOf(view({ reading: reading({ endpoints }) }), now).trouble?.sentence).toContain(
      "ERCS01 printed what is not understood: “State : Active”",
    );
  });

  test("says of an endpoint that was not read why, and what the ledger knows of it", () => {
    const door = doorOf(
      view({ reading: reading({ endpoints: [shows("ERCS01"), unread("ERCS02")] }), holders: ["ERCS02"] }),
      now,
    );
    expect(door.trouble?.sentence).toMatch(
      /ERCS02 was not read: ERCS02 gave no answer\. By the ledger a grant was opened at ERCS02\./,
    );
  });

  test("remembers an open door that cannot be read, by its last reading or by the ledger", () => {
    const record = { receiptId: "r", operator: "Alex", reason: "", caseNumber: "" };
    const old = reading({ grants: [aGrant({ record })], at: ago(99) });
    expect(doorOf(view({ reading: old }), now)).toMatchObject({
      state: "unknown",
      lastKnown: { operator: "Alex", until: "2026-11-21T11:00:00.000Z", certain: true },
    });
    const lastKnown = { operator: "Kim", at: isoAgo(999), until: null, certain: false };
    expect(doorOf(view({ reading: null, lastKnown }), now)).toMatchObject({ state: "unknown", lastKnown });
    expect(doorOf(view({ lastKnown }), now)).toMatchObject({ state: "closed", lastKnown: null });
  });
});
