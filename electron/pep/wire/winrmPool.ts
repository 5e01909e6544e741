import { minorOf } from "../../protocol/psrp/capability.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import {
  createShell,
  deleteShell,
  getShell,
  receiveOutput,
  reconnectShell,
} from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { Clock } from "../../services/ports.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import { deadlineIn } from "./deadline.ts";
import { exchange, mostCarried, operationTimeouts, WsmanFaultError } from "./exchange.ts";
import { saysGone } from "./faultErrors.ts";
import { Lines, staleAfter } from "./lines.ts";
import { PipelineRun } from "./pipelineRun.ts";
import type { CommandOptions, Invoked } from "./pipelineRun.ts";
import { PoolLost } from "./poolLost.ts";
import { actedOf } from "./transportErrors.ts";

export type WinrmPoolOptions = {
  /** `http://host:port/wsman`. */
  readonly to: string;
  readonly configuration: string;
  readonly connect: (signal: AbortSignal) => Promise<WinrmConnection>;
  readonly clock: Clock;
  readonly newId: () => string;
};

const openingTimeout = 180_000;
/** How long a goodbye may take before we leave without it (milliseconds). */
const goodbyeTimeout = 3_000;

/** One WSMan shell with its runspace, over as many connections as it needs. Commands go one after the other. */
export class WinrmPool {
  readonly psrp: ClientPool;
  readonly lines: Lines;
  readonly clock: Clock;
  readonly newId: () => string;
  #context: WsmanContext;
  #shellId: string;
  #lastHeard: number;
  #created = false;
  #running = false;

  constructor(options: WinrmPoolOptions) {
    this.#shellId = options.newId().toUpperCase();
    this.psrp = new ClientPool(this.#shellId);
    this.lines = new Lines(options.connect, options.clock);
    this.clock = options.clock;
    this.newId = options.newId;
    this.#context = {
      to: options.to,
      configuration: options.configuration,
      sessionId: options.newId(),
      maxEnvelopeSize: 153_600,
      newId: options.newId,
    };
    this.#lastHeard = options.clock.monotonic();
  }

  get context(): WsmanContext {
    return this.#context;
  }

  get shellId(): string {
    return this.#shellId;
  }

  /** False once the conversation is over for good. */
  get usable(): boolean {
    return this.psrp.state === "opened";
  }

  /**
   * Creates the shell and receives until the runspace is open. What was begun is deleted when this fails; fails with
   * TransportError, WsmanFaultError, PoolLost or the reason of an abort.
   */
  async open(signal: AbortSignal): Promise<void> {
    using deadline = deadlineIn(
      this.clock,
      openingTimeout,
      new PoolLost("No runspace was opened in time.", "maybe"),
    );
    const both = AbortSignal.any([signal, deadline.signal]);
    try {
      await this.#create(both);
      while (this.psrp.state === "opening") this.#hear(await this.receive(null, both));
    } catch (error) {
      await this.#giveUpOpening(error);
      both.throwIfAborted();
      throw error;
    }
  }

  /** A shell that may exist is deleted: it would count against the account's quota for as long as it may be idle. */
  async #giveUpOpening(error: unknown): Promise<void> {
    const never = !this.#created && (error instanceof WsmanFaultError || actedOf(error) === "no");
    if (!never) return await this.close();
    this.psrp.broke();
    this.lines.close();
  }

  async #create(signal: AbortSignal): Promise<void> {
    await this.lines.get("main", signal);
    this.psrp.open();
    const creationXml = this.psrp.take(null, mostCarried)?.bytes ?? new Uint8Array();
    const request = (): WsmanRequest => createShell(this.#context, { shellId: this.#shellId, creationXml });
    const created = await this.#repeatedUnopened(request, signal);
    this.#created = true;
    if (created.type === "created") this.#shellId = created.shellId;
  }

  /** Sends again, once, where the server threw the request away unopened. */
  async #repeatedUnopened(request: () => WsmanRequest, signal: AbortSignal): ReturnType<typeof exchange> {
    try {
      return await exchange(this.lines, "main", request(), signal);
    } catch (error) {
      if (actedOf(error) === "maybe" || signal.aborted) throw error;
      return await exchange(this.lines, "main", request(), signal);
    }
  }

  #hear(events: readonly ClientEvent[]): void {
    for (const event of events) {
      if (event.type === "capability" && minorOf(event.capability) >= 2)
        this.#context = { ...this.#context, maxEnvelopeSize: 512_000 };
      if (event.type === "broken") throw event.error;
      if (event.type === "poolState" && event.state !== "opened")
        throw new PoolLost(`The runspace was not opened: ${event.error?.message ?? "no reason given"}`, "no");
    }
  }

  /** One Receive for the pool or a command; silence until the operation's time is over gives no events. */
  async receive(commandId: string | null, signal: AbortSignal): Promise<readonly ClientEvent[]> {
    return (await this.receiveAnswer(commandId, signal)).events;
  }

  /** The same, with what the answer says about the command. */
  async receiveAnswer(
    commandId: string | null,
    signal: AbortSignal,
  ): Promise<{ readonly events: readonly ClientEvent[]; readonly done: boolean }> {
    const timeoutMs = operationTimeouts.receive;
    const request = receiveOutput(this.#context, { shellId: this.#shellId, commandId, timeoutMs });
    try {
      const answer = await exchange(this.lines, "main", request, signal, timeoutMs);
      this.#lastHeard = this.clock.monotonic();
      if (answer.type !== "received") return { events: [], done: false };
      const events = answer.streams.flatMap(({ bytes }) => this.psrp.receive(commandId, bytes));
      return { events, done: answer.commandState?.state === "done" };
    } catch (error) {
      if (error instanceof WsmanFaultError && error.timedOut) return { events: [], done: false };
      throw error;
    }
  }

  /**
   * Runs piped commands to their end. Fails with PoolLost when the conversation broke, with WsmanFaultError when the
   * endpoint refused to start them, and as CommandOptions say.
   */
  async invoke(commands: readonly ClientCommand[], options: CommandOptions): Promise<Invoked> {
    options.signal.throwIfAborted();
    await this.#awake(options.signal);
    this.#running = true;
    try {
      return await new PipelineRun(this, commands, options).run();
    } finally {
      this.#running = false;
    }
  }

  /** After a minute of silence a server may have disconnected the shell: ask, and join it again. */
  async #awake(signal: AbortSignal): Promise<void> {
    if (this.clock.monotonic() - this.#lastHeard < staleAfter) return;
    try {
      const parts = { shellId: this.#shellId };
      const answer = await exchange(this.lines, "main", getShell(this.#context, parts), signal);
      if (answer.type === "shell" && answer.shell.state.toLowerCase() === "disconnected")
        await exchange(this.lines, "main", reconnectShell(this.#context, parts), signal);
      this.#lastHeard = this.clock.monotonic();
    } catch (error) {
      signal.throwIfAborted();
      this.psrp.broke();
      if (error instanceof WsmanFaultError && !saysGone(error.fault)) throw error;
      throw new PoolLost("The conversation had ended while it was idle.", "no", transportCause(error));
    }
  }

  /** Deletes the shell and closes the connections. Never throws; waits three seconds at most. */
  async close(): Promise<void> {
    if (this.psrp.state === "beforeOpen" || this.psrp.state === "closed") return this.lines.close();
    this.psrp.closing();
    using deadline = deadlineIn(
      this.clock,
      goodbyeTimeout,
      new PoolLost("No goodbye was answered.", "maybe"),
    );
    try {
      const request = deleteShell(this.#context, { shellId: this.#shellId });
      // While a command runs its Receive waits on the main connection.
      await exchange(this.lines, this.#running ? "side" : "main", request, deadline.signal);
    } catch {
      // Gone already, or not to be reached: the shell's idle time ends it.
    }
    this.psrp.closed();
    this.lines.close();
  }
}

/** A fault that says "gone" needs no cause of its own in the sentence; a failure of the connection does. */
const transportCause = (error: unknown): unknown => (error instanceof WsmanFaultError ? undefined : error);
