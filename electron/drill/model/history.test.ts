import fc from "fast-check";
import { expect, test } from "vitest";
import { stampWithHistory } from "./history.ts";
import { transcriptLines } from "./transcript.ts";

const day = 86_400_000;
const now = Date.UTC(2026, 10, 22, 3, 10);

test("a new stamp has three believable months behind it and a closed door", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const state = stampWithHistory(seed, now);
      expect(state.sessions.length).toBeGreaterThanOrEqual(25);
      expect(state.sessions.length).toBeLessThanOrEqual(40);
      expect(state.grants.every((grant) => grant.ended !== null)).toBe(true);
      expect(state.sessions.every((session) => session.ended !== null)).toBe(true);
      expect(state.engineer).toEqual({ nextVisitAt: null, visitsLeft: 0 });
      expect(Math.min(...state.grants.map((grant) => grant.createdAt))).toBeGreaterThan(now - 91 * day);
      expect(new Set(state.grants.map((grant) => grant.level)).size).toBe(2);
    }),
    { numRuns: 40 },
  );
});

test("the same seed gives the same past, another seed another one", () => {
  expect(stampWithHistory(3, now)).toEqual(stampWithHistory(3, now));
  expect(stampWithHistory(3, now)).not.toEqual(stampWithHistory(4, now));
});

test("its transcripts have 50 to some thousand lines", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    for (const session of stampWithHistory(seed, now).sessions) {
      const lines = transcriptLines(session, now, "UTC").length;
      expect(lines).toBeGreaterThan(50);
      expect(lines).toBeLessThan(4_000);
    }
  }
});
