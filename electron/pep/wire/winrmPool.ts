import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { secureString } from "../../protocol/psrp/sessionKey.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import type { Clock } from "../../services/ports.ts";
import type { Secret } from "../../services/secret.ts";
import { Absence } from "./absence.ts";
import { ClientShell, type WinrmPoolOptions } from "./clientShell.ts";
import { createRunspace } from "./createRunspace.ts";
import { deadlineIn } from "./deadline.ts";
import { isShellDeleted } from "./deleteShell.ts";
import { WsmanFaultError } from "./exchange.ts";
import { exchangeKeys } from "./exchangeKeys.ts";
import { saysGone } from "./faultErrors.ts";
import { IdleReceive } from "./idleReceive.ts";
import { joinRunspace } from "./joinRunspace.ts";
import type { SessionKey } from "./keyExchange.ts";
import type { Lines } from "./lines.ts";
import { listCommands } from "./listing.ts";
import { PipelineRun } from "./pipelineRun.ts";
import type { CommandOptions, Invoked } from "./commandOptions.ts";
import { PoolLost, PoolSilent } from "./poolLost.ts";
import type { ReceivedAnswer } from "./receivedAnswer.ts";
import { receiveSurely, type SureOptions } from "./receiveSurely.ts";
import { refusePoolCalls } from "./refusePoolCalls.ts";
import { reconnectIfDisconnected } from "./reconnectIfDisconnected.ts";
import { actedOf, isSignInRefused } from "./transportErrors.ts";
import { untilAborted } from "./untilAborted.ts";

const openingTimeout = 180_000;
/** How long a goodbye may take before we leave without it (milliseconds). */
const goodbyeTimeout = 3_000;

/** One WSMan shell with its runspace, over as many connections as it needs. Commands go one after the other. */
export class WinrmPool {
  readonly idle: IdleReceive;
  readonly #shell: ClientShell;
  readonly #absence: Absence;
  #closing: Promise<void> | null = null;
  #key: SessionKey | null = null;

  constructor(options: WinrmPoolOptions) {
    this.#shell = new ClientShell(options);
    this.idle = new IdleReceive(this.#shell, () => this.usable);
    this.#absence = new Absence(this.#shell, this.idle);
  }

  get lines(): Lines {
    return this.#shell.lines;
  }

  get clock(): Clock {
    return this.#shell.clock;
  }

  get psrp(): ClientPool {
    return this.#shell.psrp;
  }

  get context(): WsmanContext {
    return this.#shell.context;
  }

  get shellId(): string {
    return this.#shell.shellId;
  }

  /** The culture in which the endpoint says that the shell is; null when it does not say. */
  get culture(): string | null {
    return this.#shell.culture;
  }

  /** False once the conversation is over for good. */
  get usable(): boolean {
    return this.psrp.state === "opened" && this.#closing === null;
  }

  /** What waits for a connection may find that the runspace ended meanwhile: PoolLost, since nothing was sent. */
  demandUsable(): void {
    if (!this.usable) throw new PoolLost("The runspace ended meanwhile.", "no");
  }

  newId(): string {
    return this.#shell.newId();
  }

  /**
   * Creates the shell and receives until the runspace is open. What was begun is deleted when this fails; fails with
   * TransportError, WsmanFaultError, PoolLost or the reason of an abort.
   */
  async open(signal: AbortSignal): Promise<void> {
    await this.#opening(signal, createRunspace);
  }

  /** The same with a shell that exists, of this account: joins its runspace as a new client. Commands in it go on. */
  async join(shellId: string, signal: AbortSignal): Promise<void> {
    this.#shell.shellId = shellId;
    this.#shell.mayExist = true;
    await this.#opening(signal, joinRunspace);
  }

  async #opening(signal: AbortSignal, begin: typeof createRunspace): Promise<void> {
    const late = new PoolSilent("No runspace was opened in time.", "maybe");
    using deadline = deadlineIn(this.clock, openingTimeout, late);
    const both = AbortSignal.any([signal, deadline.signal]);
    try {
      await begin(this.#shell, both);
      this.idle.rest();
    } catch (error) {
      await this.#giveUpOpening(error);
      both.throwIfAborted();
      throw error;
    }
  }

  /** A shell that may exist is deleted. */
  async #giveUpOpening(error: unknown): Promise<void> {
    const { mayExist, noted, shellId } = this.#shell;
    const never = !mayExist && (error instanceof WsmanFaultError || actedOf(error) === "no");
    if (!never) return await this.close();
    this.psrp.broke();
    this.lines.close();
    noted?.journal.ended(shellId);
    // There is nothing to say goodbye to, and a refused sign-in must not be tried again for it.
    this.#closing = Promise.resolve();
  }

  /**
   * What comes for the pool after `send`, by the Receive that waits already or by one of its own: that one may bring it
   * before the Send is answered. Fails as both.
   */
  async sendAndReceive(signal: AbortSignal, send: () => Promise<void>): Promise<ReceivedAnswer> {
    const waiting = this.idle.waiting;
    await send();
    return (await untilAborted(waiting, signal)) ?? (await this.receiveOfPool(signal));
  }

  /** What comes for the pool next; what it asks is refused. Fails as `receiveSurely`. */
  async receiveOfPool(signal: AbortSignal): Promise<ReceivedAnswer> {
    const answer = await this.receiveSurely(null, signal);
    await refusePoolCalls(this.#shell, answer.events, signal);
    return answer;
  }

  /** What comes for the pool (null) or a command next. */
  async receiveSurely(
    commandId: string | null,
    signal: AbortSignal,
    options?: SureOptions,
  ): Promise<ReceivedAnswer> {
    return await receiveSurely({ shell: this.#shell, absence: this.#absence }, commandId, signal, options);
  }

  /**
   * Runs piped commands to their end. Fails with PoolLost when the conversation broke, with WsmanFaultError when the
   * endpoint refused to start them, and as CommandOptions say.
   */
  async invoke(commands: readonly ClientCommand[], options: CommandOptions): Promise<Invoked> {
    options.signal.throwIfAborted();
    return await this.#busy(async () => {
      await this.#awake(options.signal);
      const run = new PipelineRun(this, commands, options);
      this.#shell.running = run;
      try {
        return await run.run();
      } finally {
        this.#shell.running = null;
      }
    });
  }

  /** While something is done no further Receive is begun for the idle pool. */
  async #busy<Result>(act: () => Promise<Result>): Promise<Result> {
    this.idle.wake();
    try {
      return await act();
    } finally {
      this.idle.rest();
    }
  }

  /** After a minute of silence a server may have disconnected the shell: ask, and join it again. */
  async #awake(signal: AbortSignal): Promise<void> {
    if (!this.#shell.silence.isLong) return;
    // After sleep it waits on a connection that is dead.
    this.idle.end();
    try {
      await reconnectIfDisconnected(this.#shell, signal);
      this.#shell.silence.broken();
    } catch (error) {
      signal.throwIfAborted();
      // The runspace may well be there, for who may sign in to it.
      if (isSignInRefused(error)) throw error;
      this.psrp.broke();
      if (error instanceof WsmanFaultError && !saysGone(error.fault)) throw error;
      throw new PoolLost("The conversation had ended while it was idle.", "no", transportCause(error));
    }
  }

  /**
   * Leaves the shell to itself: a command in it goes on, and what it says is kept for who comes back. When the
   * endpoint refuses, the runspace stays open, and a Receive that waits goes on.
   */
  async disconnect(signal: AbortSignal): Promise<void> {
    await this.#absence.begin(signal);
  }

  /** Comes back to it as the same client; a command that ran is received from again. */
  async reconnect(signal: AbortSignal): Promise<void> {
    await this.#absence.comeBack(signal);
  }

  /** Whether the endpoint has a command of that id that was not yet read to its end. Fails as `exchange`. */
  async hasCommand(commandId: string, signal: AbortSignal): Promise<boolean> {
    const there = await listCommands({ lines: this.lines, context: this.context, signal }, this.shellId);
    return there.has(commandId.toUpperCase());
  }

  /**
   * Makes SecureStrings of this runspace. The keys are exchanged before the first one, once ([MS-PSRP] 2.2.2.3); that
   * fails as `receiveSurely`, with PsrpError `badKey`, or with PoolLost when no key comes.
   */
  async sealing(signal: AbortSignal): Promise<(secret: Secret) => ClixmlValue> {
    return await this.#busy(async () => {
      await this.#awake(signal);
      this.#key ??= await exchangeKeys(this, signal);
      const { cipher, forget } = this.#key;
      // Closed meanwhile, when there was no key yet to be forgotten.
      if (!this.usable) forget();
      this.demandUsable();
      return (secret) => secureString(secret.reveal(), cipher);
    });
  }

  /** Deletes the shell and closes the connections. Never throws; waits three seconds at most. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#key?.forget();
    this.idle.wake();
    if (this.psrp.state === "beforeOpen") return this.lines.close();
    // A runspace that the endpoint closed by itself may have left its shell behind.
    if (this.psrp.state !== "closed") this.psrp.closing();
    const late = new PoolLost("No goodbye was answered.", "maybe");
    using deadline = deadlineIn(this.clock, goodbyeTimeout, late);
    // What stays is ended by its idle time, or by our next start.
    const { running, receiving } = this.#shell;
    const line = running === null && receiving === 0 ? "main" : "side";
    const gone = await isShellDeleted(this.#shell, line, deadline.signal);
    const { noted, shellId } = this.#shell;
    if (gone) noted?.journal.ended(shellId);
    else noted?.journal.left(shellId);
    this.psrp.closed();
    this.idle.end();
    this.lines.close();
    this.#absence.endForGood();
  }
}

/** A fault that says "gone" needs no cause of its own in the sentence; a failure of the connection does. */
const transportCause = (error: unknown): unknown => (error instanceof WsmanFaultError ? undefined : error);
