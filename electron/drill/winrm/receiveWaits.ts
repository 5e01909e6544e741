import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { EndpointClock } from "./endpointOptions.ts";
import { refuse } from "./shellAnswer.ts";
import type { ShellAnswer } from "./shellAnswer.ts";

/** How a Receive is answered once there is something to say; null: nothing yet. */
type Collect = () => ShellAnswer | null;

type Waiting = { readonly collect: Collect; readonly settle: (answer: ShellAnswer) => void };

/** The Receives that wait in one shell: at most one for each source, by CommandId or null for the pool. */
export class ReceiveWaits {
  readonly #waiting = new Map<string | null, Waiting>();
  readonly #clock: EndpointClock;

  constructor(clock: EndpointClock) {
    this.#clock = clock;
  }

  /** Answers with what is there, or waits for it until the time is over (2150858793) or the client is gone. */
  wait(
    source: string | null,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly collect: Collect },
  ): Promise<ShellAnswer> {
    // Protocol 11.9: of two Receives on one source the older one is answered at once.
    this.end(source, refuse(faultCodes.timedOut));
    const ready = options.collect();
    if (ready !== null) return Promise.resolve(ready);
    const { promise, resolve } = Promise.withResolvers<ShellAnswer>();
    const leave = (): void => settle(refuse(faultCodes.aborted));
    const timer = this.#clock.after(options.timeoutMs, () => settle(refuse(faultCodes.timedOut)));
    const settle = (answer: ShellAnswer): void => {
      timer.cancel();
      options.signal.removeEventListener("abort", leave);
      if (this.#waiting.get(source) === waiting) this.#waiting.delete(source);
      resolve(answer);
    };
    const waiting: Waiting = { collect: options.collect, settle };
    this.#waiting.set(source, waiting);
    options.signal.addEventListener("abort", leave, { once: true });
    if (options.signal.aborted) leave();
    return promise;
  }

  /** Something may have come: answers those who have something to hear. */
  look(): void {
    for (const waiting of this.#waiting.values()) {
      const ready = waiting.collect();
      if (ready !== null) waiting.settle(ready);
    }
  }

  end(source: string | null, answer: ShellAnswer): void {
    this.#waiting.get(source)?.settle(answer);
  }

  endAll(answer: ShellAnswer): void {
    for (const source of this.#waiting.keys()) this.end(source, answer);
  }
}
