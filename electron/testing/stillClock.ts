import type { Clock } from "../services/ports.ts";

/** A clock that stands still until it is told otherwise: no test waits for real time. */
export type StillClock = Clock & {
  /** Moves the time, waking each sleeper at its own moment. */
  advance(milliseconds: number): Promise<void>;
  /** The machine sleeps: only the wall clock goes on. */
  sleepThrough(milliseconds: number): void;
  /** Moves the time from sleeper to sleeper until the promise is settled, at most an hour. */
  until<T>(promise: Promise<T>): Promise<T>;
};

type Sleeper = { readonly due: number; readonly wake: () => void };

/** A still clock that starts at this instant. */
export function stillClock(start = "2026-11-21T03:10:00.000Z"): StillClock {
  const began = Date.parse(start);
  const sleepers = new Set<Sleeper>();
  let elapsed = 0;
  let slept = 0;

  const nextSleeper = (): Sleeper | undefined => [...sleepers].toSorted((a, b) => a.due - b.due)[0];
  const advance = async (milliseconds: number): Promise<void> => {
    const end = elapsed + milliseconds;
    await settle();
    for (let next = nextSleeper(); next !== undefined && next.due <= end; next = nextSleeper()) {
      elapsed = Math.max(elapsed, next.due);
      sleepers.delete(next);
      next.wake();
      await settle();
    }
    elapsed = end;
  };

  return {
    now: () => new Date(began + elapsed + slept),
    monotonic: () => elapsed,
    sleep: (milliseconds, signal) => {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = (): void => {
        sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      const sleeper: Sleeper = {
        due: elapsed + milliseconds,
        wake: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      sleepers.add(sleeper);
      signal.addEventListener("abort", leave, { once: true });
      return promise;
    },
    advance,
    sleepThrough: (milliseconds) => {
      slept += milliseconds;
    },
    until: async (promise) => {
      let settled = false;
      void Promise.allSettled([promise]).then(() => {
        settled = true;
      });
      const limit = elapsed + 3_600_000;
      await settle();
      while (!settled && elapsed < limit) {
        const next = nextSleeper();
        if (next === undefined) break;
        await advance(Math.max(0, next.due - elapsed));
      }
      if (!settled) throw new Error("nothing sleeps, and the promise is still waiting");
      return promise;
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}
