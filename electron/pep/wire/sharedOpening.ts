import { untilAborted } from "./untilAborted.ts";

/** One opening for all who wait for it. It is ended when nobody does any more. */
export class SharedOpening<Value> {
  readonly #nobody = new AbortController();
  readonly #opened: Promise<Value>;
  #waiting = 0;

  constructor(open: (signal: AbortSignal) => Promise<Value>) {
    this.#opened = open(this.#nobody.signal);
  }

  get ended(): boolean {
    return this.#nobody.signal.aborted;
  }

  end(): void {
    this.#nobody.abort();
  }

  /** Fails as the opening, or with the reason of the abort. */
  async wait(signal: AbortSignal): Promise<Value> {
    this.#waiting += 1;
    const leave = (): void => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.end();
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await untilAborted(this.#opened, signal);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }
}
