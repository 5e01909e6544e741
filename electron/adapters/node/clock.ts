import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../services/ports.ts";

/** The machine's own clocks. */
export const nodeClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    signal.throwIfAborted();
    await setTimeout(milliseconds, undefined, { signal }).catch(() => {
      throw signal.reason;
    });
  },
};
