import { expect, test } from "vitest";
import { openBench } from "../badDays/bench.ts";
import { FaultedActs } from "./faultedActs.ts";
import { everyByte, everyColumnOfHeads, usualCourse } from "./plan.ts";

/** A prime, so that the kinds of fault meet all places. `node electron/testing/faults/main.ts` goes through every byte. */
const step = 5_987;

// Long for a unit test: several hundred conversations over real sockets, each with one fault.
test("whatever is cut, delayed, doubled or changed on the way, nothing untrue is said", async () => {
  await using bench = await openBench();
  const acts = await FaultedActs.open(bench);
  const usual = await usualCourse(acts);
  const done = { struck: 0, done: 0, refused: 0, notKnown: 0 };
  for (const { act, fault } of [...everyColumnOfHeads(usual), ...everyByte(usual, step, false)]) {
    const { ended, seen, wrong, struck } = await acts.run(act, fault);
    expect({ act, fault, seen, wrong }).toEqual({ act, fault, seen, wrong: null });
    done[ended] += 1;
    done.struck += Number(struck);
  }
  expect(done.struck).toBeGreaterThan(300);
  expect(done.done).toBeGreaterThan(100);
}, 300_000);
