import { expect, test } from "vitest";
import { emptyStamp, stampWithHistory } from "./history.ts";
import { advance, disable, enable } from "./stampActs.ts";
import type { StampRules } from "./stampRules.ts";
import type { StampState } from "./stampState.ts";
import { listedGrants, listedSessions } from "./views.ts";

const day = 86_400_000;
const now = Date.UTC(2026, 10, 22);
const rules: StampRules = {
  speed: 30,
  switches: { enableOverGrant: "update", scope: "shared", revokeEndsSessions: "atOnce", engineer: "mixed" },
};
const shared = { instance: 0, scope: "shared" } as const;

const opened = (): StampState => {
  const request = { level: "Diagnostics", minutes: 60, account: "AZS\\cloudadmin", instance: 0 } as const;
  const result = enable(emptyStamp(7, now), request, rules);
  return result.kind === "enabled" ? result.state : emptyStamp(7, now);
};

test("a grant in force is listed, and after its end only when expired ones are asked for", () => {
  const later = advance(opened(), now + 3_600_000, rules);
  expect(listedGrants(opened(), shared, false)).toHaveLength(1);
  expect(listedGrants(later, shared, false)).toEqual([]);
  expect(listedGrants(later, shared, true)).toHaveLength(1);
});

test("ended grants are listed for 30 days", () => {
  const end = now + 3_600_000;
  expect(listedGrants(advance(opened(), end + 30 * day, rules), shared, true)).toHaveLength(1);
  expect(listedGrants(advance(opened(), end + 30 * day + 1, rules), shared, true)).toEqual([]);
});

test("sessions are listed from the date that was asked", () => {
  const state = stampWithHistory(7, now);
  const week = listedSessions(state, shared, now - 7 * day);
  expect(week.every((session) => session.startedAt >= now - 7 * day)).toBe(true);
  expect(listedSessions(state, shared, 0)).toHaveLength(state.sessions.length);
});

test("instances that disagree see a grant and its revoke 20 s later than the one that was asked", () => {
  const other = { instance: 1, scope: "disagreeForAWhile" } as const;
  const asked = { instance: 0, scope: "disagreeForAWhile" } as const;
  expect(listedGrants(opened(), asked, false)).toHaveLength(1);
  expect(listedGrants(opened(), other, false)).toEqual([]);
  const seen = advance(opened(), now + 20_000, rules);
  expect(listedGrants(seen, other, false)).toHaveLength(1);
  const { state } = disable(seen, 0, rules);
  expect(listedGrants(state, asked, false)).toEqual([]);
  expect(listedGrants(state, other, false)).toHaveLength(1);
  expect(listedGrants(advance(state, now + 40_001, rules), other, false)).toEqual([]);
});

test("instances of their own show only their own grants", () => {
  expect(listedGrants(opened(), { instance: 1, scope: "perInstance" }, true)).toEqual([]);
  expect(listedGrants(opened(), { instance: 0, scope: "perInstance" }, true)).toHaveLength(1);
});
