import { disconnectShell, reconnectShell } from "../../protocol/wsman/requests.ts";
import type { ClientShell } from "./clientShell.ts";
import { exchange } from "./exchange.ts";
import type { IdleReceive } from "./idleReceive.ts";
import { exchangeTwice } from "./repeats.ts";

type AbsenceEnd = "back" | "neverLeft" | "closed";

/** The time in which we leave our shell to itself. */
export class Absence {
  readonly #shell: ClientShell;
  readonly #idle: IdleReceive;
  /** While the shell is being left or is left: settled when we are back in it, when the endpoint did not let us go, or for good. */
  #back: PromiseWithResolvers<AbsenceEnd> | null = null;
  #departures = 0;

  constructor(shell: ClientShell, idle: IdleReceive) {
    this.#shell = shell;
    this.#idle = idle;
  }

  /** How often it was left: a Receive of before is nobody's, whatever it is told and whenever. */
  get departures(): number {
    return this.#departures;
  }

  /** How it ends; null while we are there. */
  get end(): Promise<AbsenceEnd> | null {
    return this.#back?.promise ?? null;
  }

  /** A command goes on. When the endpoint refuses, the runspace stays open, and a Receive that waits goes on. */
  async begin(signal: AbortSignal): Promise<void> {
    const { lines, context, shellId, running } = this.#shell;
    const request = disconnectShell(context, { shellId });
    this.#back = Promise.withResolvers();
    this.#departures += 1;
    this.#idle.wake();
    try {
      await exchange(lines, running === null ? "main" : "side", request, signal);
    } catch (error) {
      this.#over("neverLeft");
      throw error;
    }
    this.#shell.psrp.disconnected();
    // Whatever still comes to a Receive of before is nobody's: it is told by its connection.
    this.#idle.end();
    if (this.#shell.running !== null) lines.drop("main");
  }

  /** Comes back as the same client; a command that ran is received from again. */
  async comeBack(signal: AbortSignal): Promise<void> {
    const { lines, context, shellId } = this.#shell;
    await exchangeTwice(lines, "side", () => reconnectShell(context, { shellId }), signal);
    this.#shell.psrp.reconnected();
    this.#over("back");
  }

  /** The runspace is closed: who waits to come back to it goes on to hear so. */
  endForGood(): void {
    this.#back?.resolve("closed");
    this.#back = null;
  }

  #over(how: AbsenceEnd): void {
    this.#back?.resolve(how);
    this.#back = null;
    if (this.#shell.running === null) this.#idle.rest();
  }
}
