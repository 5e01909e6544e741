import { nodeClock } from "../../adapters/node/clock.ts";
import type { Clock } from "../../services/ports.ts";

/** Rests between readings are skipped; longer sleeps are deadlines and go on in real time. */
const longestRest = 4_000;
/** Each rest counts as that many, so that patience of a minute ends after a few readings. */
const timesOver = 9;

/**
 * A clock for tests over real sockets: who rests for up to four seconds is woken at once and finds that the time has
 * passed; deadlines are due when the skipped and the real time together reach them.
 */
export function hurriedClock(): Clock {
  let skipped = 0;
  const deadlines = new Set<{ readonly due: number; readonly wake: () => void }>();
  const monotonic = (): number => performance.now() + skipped;
  const skip = (milliseconds: number): void => {
    skipped += milliseconds;
    for (const deadline of deadlines) if (deadline.due <= monotonic()) deadline.wake();
  };
  return {
    now: () => new Date(Date.now() + skipped),
    monotonic,
    sleep: (milliseconds, signal) => {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const rests = milliseconds <= longestRest;
      const end = (): void => {
        deadlines.delete(sleeper);
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
      };
      const sleeper = {
        due: monotonic() + milliseconds,
        wake: () => {
          end();
          resolve();
        },
      };
      const leave = (): void => {
        end();
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        if (rests) skip(milliseconds * timesOver);
        sleeper.wake();
      };
      const timer = setTimeout(wake, rests ? 0 : milliseconds);
      if (!rests) deadlines.add(sleeper);
      signal.addEventListener("abort", leave, { once: true });
      return promise;
    },
  };
}

/** Below the use cases only the patience is short: nothing is skipped, and deadlines are a second away, in their order. */
export function impatientClock(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) =>
      nodeClock.sleep(milliseconds <= longestRest ? milliseconds : 1_000 + milliseconds / 1_000, signal),
  };
}
