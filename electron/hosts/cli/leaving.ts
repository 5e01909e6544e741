/** How a command line is left by a person who does not want to wait any longer. */
export type Leaving = {
  /** Aborted at the second interrupt, where there is something to be recorded. */
  readonly hurried: AbortSignal;
  /** Something was begun whose end must get into the ledger; `what` stands in the sentence about it. */
  readonly awaits: (what: string) => void;
  /** The second interrupt, and each after it. */
  readonly again: () => void;
};

/** A second interrupt waits so long for a record (milliseconds): one reading of an endpoint that is slow. */
const recordMayTake = 20_000;

type Surroundings = {
  readonly say: (line: string) => void;
  readonly exit: () => void;
  /** Calls back after that many milliseconds, unless the process has ended by then. */
  readonly later: (callBack: () => void, milliseconds: number) => void;
};

/**
 * The second interrupt leaves at once where nothing is to be recorded. Else what is under way is cut short, and waited
 * for within a bound until it is in the ledger; the third leaves.
 */
export function createLeaving({ say, exit, later }: Surroundings): Leaving {
  const hurried = new AbortController();
  let awaited: string | null = null;
  return {
    hurried: hurried.signal,
    awaits: (what) => {
      awaited = what;
    },
    again: () => {
      if (awaited === null || hurried.signal.aborted) return exit();
      const missing = `the ledger has what became of ${awaited}`;
      say(`Waiting up to ${recordMayTake / 1_000} s until ${missing}. Another interrupt leaves at once.`);
      later(() => {
        say(
          `Left before ${missing}. It has what was asked, and the next reading of the target settles the rest.`,
        );
        exit();
      }, recordMayTake);
      hurried.abort();
    },
  };
}
