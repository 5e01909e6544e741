/** A value that changes, and any number of readers who each get the newest one they have not seen. */
export type Latest<T> = {
  /** Null before the first value. */
  current(): T | null;
  put(value: T): void;
  /** Readers get the last value and then their loop ends. */
  readonly end: () => void;
  /** Readers get the last value and then this error. */
  readonly fail: (cause: unknown) => void;
  /** Ends quietly when the signal is aborted. */
  follow(signal: AbortSignal): AsyncGenerator<T, void, undefined>;
};

type Stage = { readonly state: "going" | "ended" } | { readonly state: "failed"; readonly cause: unknown };

/** A value without a history: a slow reader misses what was between. */
export function createLatest<T>(first: T | null = null): Latest<T> {
  let value = first;
  let version = first === null ? 0 : 1;
  let stage: Stage = { state: "going" };
  let waiting: (() => void)[] = [];

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };
  const settle = (last: Stage): void => {
    if (stage.state === "going") stage = last;
    wake();
  };

  async function* follow(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    let seen = 0;
    while (!signal.aborted) {
      if (version !== seen && value !== null) {
        seen = version;
        yield value;
      } else if (stage.state === "failed") throw stage.cause;
      else if (stage.state === "ended") return;
      else await changeOrAbort(signal, (resume) => waiting.push(resume));
    }
  }

  return {
    current: () => value,
    put: (next) => {
      value = next;
      version += 1;
      wake();
    },
    end: () => settle({ state: "ended" }),
    fail: (cause) => settle({ state: "failed", cause }),
    follow,
  };
}

async function changeOrAbort(signal: AbortSignal, onChange: (resume: () => void) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const leave = (): void => resolve();
  onChange(leave);
  signal.addEventListener("abort", leave, { once: true });
  await promise;
  signal.removeEventListener("abort", leave);
}
