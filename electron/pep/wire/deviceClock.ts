import type { Clock } from "../../services/ports.ts";

type Told = { readonly at: number; readonly monotonic: number; readonly by: "signIn" | "date" };

/**
 * The endpoint's clock, as it was told last and carried on by one that never jumps: whatever is done to ours, the
 * endpoint's stays.
 */
export class DeviceClock {
  readonly #clock: Clock;
  #told: Told | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds since 1970 by the endpoint's clock; null when it told none. */
  get now(): number | null {
    return this.#told === null ? null : this.#told.at + (this.#clock.monotonic() - this.#told.monotonic);
  }

  /** By its sign-in, or only by the Date of its answers, which is assumed to be of the same clock. */
  get by(): Told["by"] | null {
    return this.#told?.by ?? null;
  }

  /** A clock that was never set says nothing of the time. */
  static readonly #earliest = Date.UTC(2000, 0, 1);

  /** A sign-in that is just over told how far it is ahead of us. */
  signInTold(aheadMs: number): void {
    this.#hear(this.#clock.now().getTime() + aheadMs, "signIn");
  }

  /** Counts where no sign-in told anything. */
  answerTold(dateMs: number): void {
    if (this.#told?.by !== "signIn") this.#hear(dateMs, "date");
  }

  #hear(at: number, by: Told["by"]): void {
    if (at < DeviceClock.#earliest) return;
    this.#told = { at, monotonic: this.#clock.monotonic(), by };
  }
}
