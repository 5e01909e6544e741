import type { CommandRequests } from "./commandRequests.ts";
import { PoolSilent } from "./poolLost.ts";
import type { WinrmPool } from "./winrmPool.ts";

const stopPatience = 15_000;
const terminatePatience = 5_000;

/** A command was stopped because of `because`. */
type Stop = { readonly because: unknown };

/** The stop of one command: ordered once, for the first reason, and carried out as soon as it has started. */
export class CommandStop {
  readonly #pool: WinrmPool;
  readonly #requests: CommandRequests;
  readonly #ended = new AbortController();
  #ordered: Stop | null = null;
  #hasStarted = false;

  constructor(pool: WinrmPool, requests: CommandRequests) {
    this.#pool = pool;
    this.#requests = requests;
  }

  get ordered(): Stop | null {
    return this.#ordered;
  }

  /** Aborted when the pipeline is over: takes back questions and waits. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** The pipeline is over: nothing is left to stop. */
  end(): void {
    this.#ended.abort();
  }

  order(because: unknown): void {
    if (this.#ordered !== null || this.ended.aborted) return;
    this.#ordered = { because };
    if (this.#hasStarted) void this.#stopPipeline();
  }

  /** The command is there as a whole: what was ordered before, and would have met only a part, is carried out now. */
  started(): void {
    this.#hasStarted = true;
    if (this.#ordered !== null) void this.#stopPipeline();
  }

  /** Stop, then close, then give up ([MS-PSRP] 3.1.5.3.9); the Receive loop sees what comes of it. */
  async #stopPipeline(): Promise<void> {
    if (this.#requests.over) return;
    this.#pool.psrp.stopping(this.#requests.id);
    try {
      await this.#signalled("stop", stopPatience);
      await this.#signalled("terminate", terminatePatience);
    } catch {
      // Over meanwhile, or not to be reached: then giving up is all that is left, and it harms nothing when over.
    }
    if (!this.ended.aborted)
      this.#requests.giveUp(new PoolSilent("The command could not be stopped.", "maybe"));
  }

  /**
   * Sends a signal and waits for what comes of it, both together for so long: an endpoint that does not answer the
   * signal gets no time on top. Rejects as soon as the pipeline is over, or where the signal cannot be sent.
   */
  async #signalled(code: "stop" | "terminate", milliseconds: number): Promise<void> {
    const late = new AbortController();
    const sent = this.#requests.signal(code, late.signal).catch((error: unknown) => {
      if (!late.signal.aborted) throw error;
    });
    const rest = this.#pool.clock.sleep(milliseconds, this.ended).then(() => late.abort());
    await Promise.all([sent, rest]);
  }
}
