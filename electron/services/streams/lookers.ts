import type { Clock } from "../ports.ts";
import { createLatest } from "./latest.ts";

/** Who looks at what is under way. */
export type Lookers = {
  /** Somebody looks, until the returned function is called. */
  enter(): () => void;
  /** Resolves when nobody has looked for so many milliseconds, or when the signal is aborted. */
  absent(milliseconds: number, signal: AbortSignal): Promise<void>;
};

/** Nobody yet. */
export function createLookers(clock: Clock): Lookers {
  const looking = createLatest<number>(0);
  const add = (more: number): void => looking.put((looking.current() ?? 0) + more);
  return {
    enter: () => {
      add(1);
      let isHere = true;
      return () => {
        if (isHere) add(-1);
        isHere = false;
      };
    },
    absent: async (milliseconds, signal) => {
      while (!signal.aborted) {
        await until(looking, (count) => count === 0, signal);
        const came = new AbortController();
        const either = AbortSignal.any([signal, came.signal]);
        const waited = clock.sleep(milliseconds, either).then(
          () => true,
          () => false,
        );
        void until(looking, (count) => count > 0, either).then(() => came.abort());
        if (await waited) return came.abort();
      }
    },
  };
}

async function until(
  looking: ReturnType<typeof createLatest<number>>,
  isSo: (count: number) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for await (const count of looking.follow(signal)) if (isSo(count)) return;
}
