import type { Clock } from "../../services/ports.ts";

/** After that much silence a server may have dropped a context or a shell without telling (milliseconds). */
export const staleAfter = 45_000;

/** How long nothing was heard. A machine that slept shows it on one of its two clocks, and which one depends on it. */
export class Silence {
  readonly #clock: Clock;
  #monotonic: number;
  #wall: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#monotonic = clock.monotonic();
    this.#wall = clock.now().getTime();
  }

  get isLong(): boolean {
    const { monotonic, wall } = { monotonic: this.#clock.monotonic(), wall: this.#clock.now().getTime() };
    return Math.max(monotonic - this.#monotonic, wall - this.#wall) >= staleAfter;
  }

  /** What was heard last is in doubt: counts as a long silence. */
  doubted(): void {
    this.#monotonic = Number.NEGATIVE_INFINITY;
  }

  broken(): void {
    this.#monotonic = this.#clock.monotonic();
    this.#wall = this.#clock.now().getTime();
  }
}
