import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import { isOver } from "../../protocol/psrp/pipelineState.ts";
import { runCommand, sendInput, signalCommand } from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import { exchange, mostCarried } from "./exchange.ts";
import { exchangeOnce, exchangeTwice, isAnswerLost } from "./repeats.ts";
import { actedOf } from "./transportErrors.ts";
import type { WinrmPool } from "./winrmPool.ts";

/** What goes out for one command, and how often each may. Fails as `exchange`, or with the reason of giving up. */
export class CommandRequests {
  readonly id: string;
  readonly #pool: WinrmPool;
  readonly #givenUp = new AbortController();
  #started = false;

  constructor(pool: WinrmPool) {
    this.#pool = pool;
    this.id = pool.newId().toUpperCase();
  }

  /** The endpoint has the command. */
  get started(): boolean {
    return this.#started;
  }

  /** Nothing that goes out now is of use. */
  get over(): boolean {
    const state = this.#pool.psrp.pipelineState(this.id);
    return state === null || isOver(state);
  }

  /** Aborted when all is given up: closes the sockets that still wait. */
  get givenUp(): AbortSignal {
    return this.#givenUp.signal;
  }

  giveUp(reason: Error): void {
    this.#givenUp.abort(reason);
  }

  /** The pipeline is there on our side; nothing is sent. */
  create(commands: readonly ClientCommand[]): void {
    this.#pool.psrp.createPipeline(this.id, commands);
  }

  /** The Command request. It is repeated, once, only where the server threw it away unopened. */
  async start(changes: boolean, onSent: () => void): Promise<void> {
    const bytes = this.#pool.psrp.take(this.id, mostCarried)?.bytes ?? new Uint8Array();
    await this.#command(() => runCommand(this.#pool.context, { ...this.#where(), bytes }), {
      changes,
      onSent,
    });
    this.#started = true;
  }

  /** Carries what waits in psrp, one request after the other. */
  async sendWaiting(line: "main" | "side"): Promise<void> {
    for (;;) {
      const carried = this.#pool.psrp.take(this.id, mostCarried);
      if (carried === null) return;
      const request = (): WsmanRequest => sendInput(this.#pool.context, { ...this.#where(), ...carried });
      await exchangeOnce(this.#pool.lines, line, request, this.givenUp);
    }
  }

  /** The same code may arrive twice. What is not answered in time has its connection closed. */
  async signal(code: "stop" | "terminate", late: AbortSignal): Promise<void> {
    const parts = { ...this.#where(), signal: code };
    const request = (): WsmanRequest => signalCommand(this.#pool.context, parts);
    await exchangeTwice(this.#pool.lines, "side", request, AbortSignal.any([this.givenUp, late]));
  }

  /**
   * A Command whose answer is lost may be running: the endpoint is asked, and then it is received from. Where it did
   * not arrive, only what reads is sent again.
   */
  async #command(
    request: () => WsmanRequest,
    { changes, onSent }: { readonly changes: boolean; readonly onSent: () => void },
  ): Promise<void> {
    const { lines } = this.#pool;
    try {
      await exchangeOnce(lines, "main", request, this.givenUp, onSent);
    } catch (error) {
      if (!isAnswerLost(error) || this.givenUp.aborted) throw error;
      if (await this.#hasArrived(error)) return;
      if (changes) throw error;
      await exchange(lines, "main", request(), this.givenUp);
    }
  }

  /** Throws the error for which this is asked when there is no answer to it either. */
  async #hasArrived(error: unknown): Promise<boolean> {
    if (actedOf(error) === "no") throw error;
    try {
      return await this.#pool.hasCommand(this.id, this.givenUp);
    } catch {
      throw error;
    }
  }

  #where(): { readonly shellId: string; readonly commandId: string } {
    return { shellId: this.#pool.shellId, commandId: this.id };
  }
}
