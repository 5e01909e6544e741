import type { EndpointClock } from "../../drill/winrm/endpointOptions.ts";
import type { Clock } from "../../services/ports.ts";

type Timer = { readonly due: number; readonly act: () => void };

/** Turns of the event loop without a stir after which nothing happens any more by itself. */
const quietTurns = 2;

/** Nobody's patience is longer. */
const longest = 3_600_000;

/** Everybody waits for nothing that will come, or again and again: whoever was asked never answers. */
export class WaitsForever extends Error {
  override readonly name = "WaitsForever";
}

/**
 * Time that stands still while anything happens and jumps to the next deadline when all wait: a conversation with
 * deadlines of minutes takes as long as its computing, and takes the same course each time. Both ends of the wire
 * live by it.
 */
export class VirtualTime implements Clock {
  readonly #began: number;
  readonly #timers = new Set<Timer>();
  #elapsed = 0;
  #stirred = false;

  constructor(start = "2026-11-21T03:10:00.000Z") {
    this.#began = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#began + this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = this.after(milliseconds, resolve);
    const leave = (): void => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** Acts once the time has come, unless it is cancelled. */
  after(milliseconds: number, act: () => void): { readonly cancel: () => void } {
    const timer = { due: this.#elapsed + Math.max(milliseconds, 0), act };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  /** The same for the practice stamp. */
  get forEndpoint(): EndpointClock {
    return { now: () => this.#elapsed, after: (milliseconds, act) => this.after(milliseconds, act) };
  }

  /** Told of every byte that passes: the time does not move in this turn. */
  stir(): void {
    this.#stirred = true;
  }

  /** Lets the time pass until the promise is settled. Throws WaitsForever when it never will be. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const end = (): void => {
      settled = true;
    };
    promise.then(end, end);
    const latest = this.#elapsed + longest;
    while (!settled) {
      await this.#quiet(() => settled);
      if (settled) break;
      if (this.#elapsed > latest) throw new WaitsForever("it goes on for more than an hour");
      if (!this.#jump()) throw new WaitsForever("nobody has a deadline, and nothing comes");
    }
    return await promise;
  }

  /** Lets so much time pass, with all that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.after(milliseconds, resolve);
    await this.until(promise);
  }

  /** Waits until nothing happens by itself any more, or it is over. */
  async #quiet(over: () => boolean): Promise<void> {
    for (let turns = 0; turns < quietTurns && !over(); turns++) {
      await nextTurn();
      if (this.#stirred) turns = -1;
      this.#stirred = false;
    }
  }

  /** Goes to the next deadline; false where there is none. */
  #jump(): boolean {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (next === null || timer.due < next.due) next = timer;
    if (next === null) return false;
    this.#timers.delete(next);
    this.#elapsed = Math.max(this.#elapsed, next.due);
    this.#stirred = true;
    next.act();
    return true;
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
