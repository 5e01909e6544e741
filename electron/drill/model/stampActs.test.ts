import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyStamp, stampWithHistory } from "./history.ts";
import { parseStampState, writeStampState } from "./parseStampState.ts";
import { advance, disable, enable } from "./stampActs.ts";
import type { StampRules } from "./stampRules.ts";
import type { StampSession, StampState } from "./stampState.ts";

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 3, 10);

const rules = (speed: number, switches: Partial<StampRules["switches"]> = {}): StampRules => ({
  speed,
  switches: {
    enableOverGrant: "update",
    scope: "shared",
    revokeEndsSessions: "atOnce",
    engineer: "mixed",
    ...switches,
  },
});

type Act =
  | { readonly kind: "enable"; readonly level: "Diagnostics" | "DiagnosticsRepair"; readonly minutes: number }
  | { readonly kind: "disable" }
  | { readonly kind: "wait"; readonly minutes: number };

const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("enable" as const),
    level: fc.constantFrom("Diagnostics" as const, "DiagnosticsRepair" as const),
    minutes: fc.integer({ min: 60, max: 20_160 }),
  }),
  fc.constant({ kind: "disable" as const }),
  fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 0, max: 3_000 }) }),
);

const someRules = fc
  .record({
    speed: fc.constantFrom(1, 30, 200),
    enableOverGrant: fc.constantFrom("update" as const, "newRow" as const, "refuse" as const),
    scope: fc.constantFrom("shared" as const, "perInstance" as const),
  })
  .map(({ speed, ...switches }) => rules(speed, switches));

function act(state: StampState, one: Act, by: StampRules): StampState {
  switch (one.kind) {
    case "enable": {
      const request = {
        level: one.level,
        minutes: one.minutes,
        account: "AZS\\cloudadmin",
        instance: 0,
      } as const;
      const result = enable(state, request, by);
      return result.kind === "enabled" ? result.state : state;
    }
    case "disable":
      return disable(state, 0, by).state;
    case "wait":
      return advance(state, state.asOf + one.minutes * minute, by);
    default:
      return one satisfies never;
  }
}

/** The state after every act, the first one included. */
function walked(acts: readonly Act[], by: StampRules, seed = 7): readonly StampState[] {
  const states = [emptyStamp(seed, start)];
  for (const one of acts) states.push(act(states.at(-1) ?? emptyStamp(seed, start), one, by));
  return states;
}

const grantOf = (session: StampSession, state: StampState) =>
  state.grants.find((one) => one.id === session.grantId);

function isWithinItsGrant(session: StampSession, state: StampState): boolean {
  const grant = grantOf(session, state);
  if (grant === undefined) return false;
  if (session.ended === null) return grant.ended === null;
  return session.ended.at <= (grant.ended?.at ?? grant.expiresAt);
}

const live = (state: StampState) => state.sessions.filter((session) => session.ended === null);

describe("a grant opens the door, and its end shuts it", () => {
  test("no session outlives its grant, and none runs without one in force", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 25 }), someRules, fc.nat(), (acts, by, seed) => {
        const overstaying = walked(acts, by, seed).flatMap((state) =>
          state.sessions.filter((session) => !isWithinItsGrant(session, state)),
        );
        expect(overstaying).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("after a revoke nothing is in force and nobody is inside or on the way", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 20 }), fc.constantFrom(1, 30), (acts, speed) => {
        const before = walked(acts, rules(speed)).at(-1);
        const { state } = disable(before ?? emptyStamp(7, start), 0, rules(speed));
        const later = advance(state, state.asOf + 30 * 1_440 * minute, rules(speed));
        expect(state.grants.filter((grant) => grant.ended === null)).toEqual([]);
        expect(live(state)).toEqual([]);
        expect(later.sessions).toEqual(state.sessions);
      }),
      { numRuns: 60 },
    );
  });

  test("no session has a level above that of its grant while it runs", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 25 }), someRules, (acts, by) => {
        const above = walked(acts, by).flatMap((state) =>
          live(state).filter(
            (session) => session.level !== "Diagnostics" && grantOf(session, state)?.level === "Diagnostics",
          ),
        );
        expect(above).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("at most one engineer is inside", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 25 }), someRules, (acts, by) => {
        for (const state of walked(acts, by)) expect(live(state).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  test("at the usual speed the first visit begins about 20 s after the grant", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const opened = act(
          emptyStamp(seed, start),
          { kind: "enable", level: "Diagnostics", minutes: 60 },
          rules(30),
        );
        const arrival = (opened.engineer.nextVisitAt ?? 0) - start;
        expect(arrival).toBeGreaterThanOrEqual(18_000);
        expect(arrival).toBeLessThanOrEqual(22_000);
      }),
    );
  });

  test("nobody comes where the switch says so", () => {
    const by = rules(30, { engineer: "nobody" });
    const opened = act(emptyStamp(7, start), { kind: "enable", level: "Diagnostics", minutes: 480 }, by);
    expect(advance(opened, start + 480 * minute, by).sessions).toEqual([]);
  });
});

describe("enabling over a grant in force", () => {
  const twice = (by: StampRules): StampState =>
    walked(
      [
        { kind: "enable", level: "Diagnostics", minutes: 60 },
        { kind: "wait", minutes: 5 },
        { kind: "enable", level: "DiagnosticsRepair", minutes: 120 },
      ],
      by,
    ).at(-1) ?? emptyStamp(7, start);

  test("changes it in place: same creation, new end and level", () => {
    const [grant, ...others] = twice(rules(1)).grants;
    expect(others).toEqual([]);
    expect(grant).toMatchObject({
      level: "DiagnosticsRepair",
      createdAt: start,
      updatedAt: start + 5 * minute,
      expiresAt: start + 125 * minute,
    });
  });

  test("adds a row where the switch says so", () => {
    expect(twice(rules(1, { enableOverGrant: "newRow" })).grants.map((grant) => grant.level)).toEqual([
      "Diagnostics",
      "DiagnosticsRepair",
    ]);
  });

  test("is refused where the switch says so, and changes nothing", () => {
    expect(twice(rules(1, { enableOverGrant: "refuse" })).grants).toMatchObject([
      { level: "Diagnostics", expiresAt: start + 60 * minute },
    ]);
  });
});

describe("sessions after a revoke", () => {
  const inside = (by: StampRules): StampState =>
    walked(
      [
        { kind: "enable", level: "Diagnostics", minutes: 60 },
        { kind: "wait", minutes: 12 },
      ],
      by,
    ).at(-1) ?? emptyStamp(7, start);

  test("end at once", () => {
    const before = inside(rules(1));
    expect(live(before)).toHaveLength(1);
    const { state, endedGrants } = disable(before, 1, rules(1));
    expect(endedGrants).toBe(1);
    expect(state.sessions[0]?.ended).toEqual({ at: before.asOf, because: "revoked" });
  });

  test("end half a minute later where the switch says so", () => {
    const by = rules(1, { revokeEndsSessions: "later" });
    const { state } = disable(inside(by), 0, by);
    expect(live(state)).toHaveLength(1);
    expect(live(advance(state, state.asOf + 30_000, by))).toEqual([]);
  });

  test("go on until the engineer leaves or the grant would have expired where the switch says never", () => {
    const by = rules(1, { revokeEndsSessions: "never" });
    const { state } = disable(inside(by), 0, by);
    expect(live(advance(state, state.asOf + 2 * minute, by))).toHaveLength(1);
    expect(live(advance(state, start + 60 * minute, by))).toEqual([]);
  });

  test("of one instance only are touched where each has its own state", () => {
    const by = rules(1, { scope: "perInstance" });
    expect(disable(inside(by), 2, by).endedGrants).toBe(0);
    expect(disable(inside(by), 0, by).endedGrants).toBe(1);
  });
});

describe("time", () => {
  test("passes the same in one step and in many, and across a restart", () => {
    fc.assert(
      fc.property(
        fc.array(anAct, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 8 }),
        someRules,
        (acts, steps, by) => {
          const state = walked(acts, by).at(-1) ?? emptyStamp(7, start);
          const end = state.asOf + 4_000 * minute;
          const inSteps = steps.reduce(
            (now, step) => advance(parseStampState(writeStampState(now)), now.asOf + step * minute, by),
            state,
          );
          expect(advance(inSteps, end, by)).toEqual(advance(state, end, by));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("never runs backwards", () => {
    const state = stampWithHistory(7, start);
    expect(advance(state, start - 1_440 * minute, rules(30))).toBe(state);
  });
});
