import { randomFrom } from "./random.ts";
import type { Random } from "./random.ts";
import { advance, disable, enable } from "./stampActs.ts";
import type { StampRules } from "./stampRules.ts";
import type { Instance, Instant, Level, StampState } from "./stampState.ts";

const minute = 60_000;
const day = 1_440 * minute;
const span = 89 * day;

/** How often the engineer came under each of the past grants: 31 visits in 20 grants, in an order of the seed's. */
const visitsOfGrants = [1, 2, 1, 2, 2, 1, 2, 3, 1, 2, 0, 2, 1, 2, 1, 3, 2, 1, 1, 1] as const;

/** The past is worked out at the pace of real visits, on a stamp that behaves as by default. */
const pastRules: StampRules = {
  speed: 1,
  switches: { enableOverGrant: "update", scope: "shared", revokeEndsSessions: "atOnce", engineer: "mixed" },
};

/** A stamp with three months behind it and a closed door, made by the same acts as its future. */
export function stampWithHistory(seed: number, now: Instant): StampState {
  const random = randomFrom(seed, "history");
  const visits = random.shuffle(visitsOfGrants);
  const repairs = random.shuffle(visits.map((_, index) => index % 3 === 0));
  const slot = span / visits.length;
  const start = emptyStamp(seed, now - span - day);
  const state = visits.reduce((past, count, index) => {
    const from = now - span + index * slot + random.between(0, 24 * 60) * minute;
    const level = repairs[index] === true ? "DiagnosticsRepair" : "Diagnostics";
    return pastGrant(past, Math.round(from), level, count, random);
  }, start);
  return advance(state, now, pastRules);
}

/** A stamp nobody was ever let into. */
export function emptyStamp(seed: number, now: Instant): StampState {
  return {
    format: 1,
    seed,
    drawn: 0,
    asOf: now,
    grants: [],
    sessions: [],
    engineer: { nextVisitAt: null, visitsLeft: 0 },
  };
}

function pastGrant(
  past: StampState,
  from: Instant,
  level: Level,
  visitsLeft: number,
  random: Random,
): StampState {
  const minutes = visitsLeft > 1 ? random.pick([480, 480, 720, 1_440]) : random.pick([60, 240, 480, 480]);
  const instance = random.between(0, 2) as Instance;
  const account = random.pick(["AZS\\cloudadmin", "AZS\\practice-operator"]);
  const result = enable(advance(past, from, pastRules), { level, minutes, account, instance }, pastRules);
  if (result.kind === "refused") return past;
  const nextVisitAt = visitsLeft === 0 ? null : result.state.engineer.nextVisitAt;
  const opened = { ...result.state, engineer: { nextVisitAt, visitsLeft } };
  if (!random.chance(0.4)) return opened;
  // Some are revoked before their time: mostly when the engineer has gone, now and then under his hands.
  const revokeAt = from + Math.round(minutes * (0.35 + random.next() * 0.6)) * minute;
  return disable(advance(opened, revokeAt, pastRules), instance, pastRules).state;
}
