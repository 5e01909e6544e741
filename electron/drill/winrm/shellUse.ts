import type { EndpointClock } from "./endpointOptions.ts";

/** How long a shell was there, and how long nobody used it (milliseconds). */
export class ShellUse {
  readonly #clock: EndpointClock;
  readonly #begunAt: number;
  #lastUsed: number;
  #inFlight = 0;

  constructor(clock: EndpointClock) {
    this.#clock = clock;
    this.#begunAt = clock.now();
    this.#lastUsed = this.#begunAt;
  }

  get runTimeMs(): number {
    return this.#clock.now() - this.#begunAt;
  }

  get idleMs(): number {
    return this.#inFlight > 0 ? 0 : this.#clock.now() - this.#lastUsed;
  }

  /** Counts a request as use, from its beginning to its answer. */
  async during<Result>(act: () => Result | Promise<Result>): Promise<Result> {
    this.#inFlight++;
    try {
      return await act();
    } finally {
      this.#inFlight--;
      this.#lastUsed = this.#clock.now();
    }
  }
}
