import { afterAll, beforeAll, expect, test } from "vitest";
import { actNames } from "./acts.ts";
import { globalTimers } from "./globalTimers.ts";
import { count, coursesOf, emptyTally, faultsOn, usualCourse } from "./plan.ts";
import { runConversation } from "./runConversation.ts";
import { tryCourse } from "./tryCourse.ts";
import { VirtualTime } from "./virtualTime.ts";

/** Primes, so that the places differ from message to message. `npm run faults` goes through every byte. */
const steps = {
  list: 127,
  grant: 127,
  transcript: 127,
  revoke: 127,
  decline: 401,
  stop: 401,
  slowList: 251,
} as const;

let time = new VirtualTime();
const newTime = (): VirtualTime => (time = new VirtualTime());
let timers: Disposable;
beforeAll(() => {
  timers = globalTimers(() => time);
});
afterAll(() => timers[Symbol.dispose]());

// Long for a unit test: some thousands of faults, and some hundred whole conversations.
test.each(actNames)(
  "%s: whatever is cut, delayed, doubled or changed on the way, nothing untrue is said",
  async (act) => {
    const step = steps[act];
    const usual = await usualCourse(newTime(), act, 1);
    const tally = emptyTally();
    for (const [number, message] of usual.messages.entries()) {
      const faults = faultsOn(message, step, number % Math.min(step, message.bytes.length));
      for (const course of await coursesOf(newTime, usual, message, faults)) {
        const { first, found } = await tryCourse(newTime, course, { seed: 1, checks: 0 });
        expect(found.map(({ fault, seen, wrong }) => ({ fault, seen, wrong }))).toEqual([]);
        expect(first.struck).toBe(true);
        count(tally, course, first);
      }
    }
    expect(tally.wrong).toBe(0);
    expect(tally.faults).toBeGreaterThan(700);
    expect(tally.courses).toBeGreaterThan(100);
  },
  300_000,
);

test("a conversation takes the same course each time, with its deadlines in no time", async () => {
  const fault = { kind: "delay", direction: "toClient", offset: 5_200, pause: 200_000 } as const;
  const [one, other] = [
    await runConversation(newTime(), "grant", fault),
    await runConversation(newTime(), "grant", fault),
  ];
  expect(one.took).toBeGreaterThanOrEqual(30_000);
  const { line: _, ...outcome } = one;
  expect(other).toMatchObject(outcome);
});
