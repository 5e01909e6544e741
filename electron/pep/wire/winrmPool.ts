/*
 * Longer than a file should be: the life of one shell from Create to Delete, with every way in which a connection may
 * fail in between. Each step is short; what may be sent again is decided in repeats.ts.
 */
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { minorOf } from "../../protocol/psrp/capability.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { secureString } from "../../protocol/psrp/sessionKey.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import {
  connectCommand,
  connectShell,
  disconnectShell,
  getShell,
  receiveOutput,
  reconnectShell,
} from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import type { Clock, RunspaceJournal } from "../../services/ports.ts";
import type { Secret } from "../../services/secret.ts";
import { createOnce } from "./createOnce.ts";
import { deadlineIn } from "./deadline.ts";
import { isShellDeleted } from "./deleteShell.ts";
import { demandOwn } from "./demandOwn.ts";
import { endLeft } from "./endLeft.ts";
import { exchange, mostCarried, operationTimeouts, WsmanFaultError } from "./exchange.ts";
import { exchangeKeys } from "./exchangeKeys.ts";
import { saysDisconnected, saysGone } from "./faultErrors.ts";
import type { SessionKey } from "./keyExchange.ts";
import { IdleReceive } from "./idleReceive.ts";
import { Lines } from "./lines.ts";
import { listCommands } from "./listing.ts";
import { namingShells } from "./namingShells.ts";
import { PipelineRun } from "./pipelineRun.ts";
import type { CommandOptions, Invoked } from "./pipelineRun.ts";
import { PoolLost } from "./poolLost.ts";
import { silentAnswer, type ReceivedAnswer } from "./receivedAnswer.ts";
import { refusePoolCalls } from "./refusePoolCalls.ts";
import { exchangeTwice, isAnswerLost, isSpoiled } from "./repeats.ts";
import { Silence } from "./silence.ts";
import { actedOf } from "./transportErrors.ts";
import { untilAborted } from "./untilAborted.ts";

type Noted = { readonly journal: RunspaceJournal; readonly account: string };

export type WinrmPoolOptions = {
  /** `http://host:port/wsman`. */
  readonly to: string;
  readonly configuration: string;
  readonly connect: (signal: AbortSignal) => Promise<WinrmConnection>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Where runspaces of this account are noted, so that none is left behind. */
  readonly noted?: Noted;
};

const openingTimeout = 180_000;
/** How long a goodbye may take before we leave without it (milliseconds). */
const goodbyeTimeout = 3_000;
/** Lost answers in a row: the second one ends the conversation. */
const mostLostInARow = 2;

/** One WSMan shell with its runspace, over as many connections as it needs. Commands go one after the other. */
export class WinrmPool {
  readonly lines: Lines;
  readonly idle: IdleReceive;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly #noted: Noted | null;
  readonly #silence: Silence;
  #psrp: ClientPool;
  #context: WsmanContext;
  #shellId: string;
  #culture: string | null = null;
  #created = false;
  #running = false;
  /** While the shell is being left or is left: settled when we are back in it, or when the endpoint did not let us go. */
  #back: PromiseWithResolvers<"back" | "neverLeft"> | null = null;
  /** How often it was left: a Receive of before is nobody's, whatever it is told and whenever. */
  #departures = 0;
  #closing: Promise<void> | null = null;
  #key: SessionKey | null = null;

  constructor(options: WinrmPoolOptions) {
    this.#shellId = options.newId().toUpperCase();
    this.#psrp = new ClientPool(this.#shellId);
    this.lines = new Lines(options.connect, options.clock);
    this.clock = options.clock;
    this.newId = options.newId;
    this.#noted = options.noted ?? null;
    this.#silence = new Silence(options.clock);
    this.idle = new IdleReceive(this);
    this.#context = {
      to: options.to,
      configuration: options.configuration,
      sessionId: options.newId(),
      maxEnvelopeSize: 153_600,
      newId: options.newId,
    };
  }

  get psrp(): ClientPool {
    return this.#psrp;
  }

  get context(): WsmanContext {
    return this.#context;
  }

  get shellId(): string {
    return this.#shellId;
  }

  /** The culture in which the endpoint says that the shell is; null when it does not say. */
  get culture(): string | null {
    return this.#culture;
  }

  /** False once the conversation is over for good. */
  get usable(): boolean {
    return this.#psrp.state === "opened" && this.#closing === null;
  }

  /**
   * Creates the shell and receives until the runspace is open. What was begun is deleted when this fails; fails with
   * TransportError, WsmanFaultError, PoolLost or the reason of an abort.
   */
  async open(signal: AbortSignal): Promise<void> {
    await this.#opening(signal, (both) => this.#create(both));
  }

  /** The same with a shell that exists, of this account: joins its runspace as a new client. Commands in it go on. */
  async join(shellId: string, signal: AbortSignal): Promise<void> {
    this.#shellId = shellId;
    this.#created = true;
    await this.#opening(signal, (both) => this.#connect(both));
  }

  async #opening(signal: AbortSignal, begin: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const late = new PoolLost("No runspace was opened in time.", "maybe");
    using deadline = deadlineIn(this.clock, openingTimeout, late);
    const both = AbortSignal.any([signal, deadline.signal]);
    try {
      await begin(both);
      this.idle.rest();
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
    this.#psrp.broke();
    this.lines.close();
    this.#noted?.journal.ended(this.#shellId);
    // There is nothing to say goodbye to, and a refused sign-in must not be tried again for it.
    this.#closing = Promise.resolve();
  }

  async #create(signal: AbortSignal): Promise<void> {
    await this.lines.get("main", signal);
    const { lines, context } = this;
    if (this.#noted !== null) await endLeft({ lines, context, ...this.#noted }, signal);
    this.#note(this.#shellId);
    this.#psrp.open();
    const creationXml = this.#psrp.take(null, mostCarried)?.bytes ?? new Uint8Array();
    const shell = { lines, context, shellId: this.#shellId };
    const onMaybe = (): void => {
      this.#created = true;
    };
    const { shellId, culture } = await createOnce(shell, creationXml, onMaybe, signal).catch(
      async (error: unknown) => {
        throw await namingShells(error, { lines, context, signal });
      },
    );
    this.#created = true;
    this.#culture = culture;
    if (shellId !== this.#shellId) this.#rename(shellId);
    await this.#receiveUntilOpen(signal);
  }

  #rename(shellId: string): void {
    this.#note(shellId);
    this.#noted?.journal.ended(this.#shellId);
    this.#shellId = shellId;
  }

  #note(shellId: string): void {
    const { to: endpoint } = this.#context;
    this.#noted?.journal.begin({ shellId, endpoint, account: this.#noted.account });
  }

  /** Another client's way in ([MS-PSRP] 3.1.5.3.16): the answer holds what Create has the pool's Receive bring. */
  async #connect(signal: AbortSignal): Promise<void> {
    this.#psrp = new ClientPool(this.#shellId, { joining: true });
    this.#psrp.connect();
    const connectXml = this.#psrp.take(null, mostCarried)?.bytes ?? new Uint8Array();
    const parts = { shellId: this.#shellId, connectXml };
    const answer = await exchangeTwice(this.lines, "main", () => connectShell(this.#context, parts), signal);
    if (answer.type === "connected" && answer.connectResponseXml !== null)
      this.#hear(this.#psrp.receive(null, answer.connectResponseXml));
    await this.#receiveUntilOpen(signal);
  }

  async #receiveUntilOpen(signal: AbortSignal): Promise<void> {
    while (this.#psrp.state === "opening") {
      const { events } = await this.#receiveOpening(signal);
      this.#hear(events);
      await refusePoolCalls(this, events, signal);
    }
  }

  /** What a lost answer held does not come again, and nothing was asked yet: this opening is over. */
  async #receiveOpening(signal: AbortSignal): Promise<ReceivedAnswer> {
    try {
      return await this.#receive(null, signal);
    } catch (error) {
      if (signal.aborted || !isSpoiled(error)) throw error;
      throw new PoolLost("An answer was lost while the runspace opened.", "no", error);
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

  /** One Receive for the pool (null) or a command; silence until the operation's time is over gives no events. */
  async #receive(
    commandId: string | null,
    signal: AbortSignal,
    timeoutMs: number = operationTimeouts.receive,
  ): Promise<ReceivedAnswer> {
    const request = receiveOutput(this.#context, { shellId: this.#shellId, commandId, timeoutMs });
    try {
      return this.received(commandId, await exchange(this.lines, "main", request, signal, timeoutMs));
    } catch (error) {
      if (error instanceof WsmanFaultError && error.timedOut) return silentAnswer;
      throw error;
    }
  }

  /** Reads what a Receive brought. Throws WsmanError where it is for another one. */
  received(commandId: string | null, answer: WsmanResponse): ReceivedAnswer {
    this.heard();
    if (answer.type !== "received") return silentAnswer;
    demandOwn(answer, commandId);
    const events = answer.streams.flatMap(({ bytes }) => this.#psrp.receive(commandId, bytes));
    const bytes = answer.streams.reduce((sum, stream) => sum + stream.bytes.length, 0);
    return { events, done: answer.commandState?.state === "done", bytes };
  }

  /** The endpoint was heard: it has our shell, and we are connected to it. */
  heard(): void {
    this.#silence.broken();
  }

  /** Whether it still has is to be looked at before the next command. */
  doubt(): void {
    this.#silence.doubted();
  }

  /** What comes for the pool next, by the Receive that waits already or by one of its own. Fails as `receiveSurely`. */
  async receiveOfPool(signal: AbortSignal): Promise<ReceivedAnswer> {
    return (await this.idle.answer(signal)) ?? (await this.receiveSurely(null, signal));
  }

  /**
   * The same, over a lost answer and a disconnected shell: what a lost answer held shows as a gap in what comes next,
   * and that is an event "broken". The second failure in a row is passed on; of the first `onLost` is told.
   */
  async receiveSurely(
    commandId: string | null,
    signal: AbortSignal,
    { timeoutMs, onLost }: { readonly timeoutMs?: number; readonly onLost?: () => void } = {},
  ): Promise<ReceivedAnswer> {
    let [lost, rejoined] = [0, 0];
    let first: unknown = null;
    for (;;) {
      const departures = this.#departures;
      try {
        return await this.#receive(commandId, signal, timeoutMs);
      } catch (error) {
        if (signal.aborted) throw error;
        if (isDisconnected(error) || departures !== this.#departures) rejoined += 1;
        else if (isAnswerLost(error)) lost += 1;
        // That a command is gone because its end was in a lost answer tells less than why that was lost.
        else throw first !== null && isGone(error) ? first : error;
        first ??= error;
        if (lost >= mostLostInARow || rejoined > mostLostInARow) throw error;
        this.#psrp.answerLost(commandId);
        if (lost > 0) onLost?.();
        if (rejoined > 0) await this.#rejoin(commandId, signal);
      }
    }
  }

  async #rejoin(commandId: string | null, signal: AbortSignal): Promise<void> {
    if (this.#back === null) await this.#reconnectIfDisconnected(signal);
    else if ((await untilAborted(this.#back.promise, signal)) === "neverLeft") return;
    if (commandId === null) return;
    const parts = { shellId: this.#shellId, commandId };
    await exchangeTwice(this.lines, "main", () => connectCommand(this.#context, parts), signal);
  }

  /**
   * Runs piped commands to their end. Fails with PoolLost when the conversation broke, with WsmanFaultError when the
   * endpoint refused to start them, and as CommandOptions say.
   */
  async invoke(commands: readonly ClientCommand[], options: CommandOptions): Promise<Invoked> {
    options.signal.throwIfAborted();
    return await this.#busy(async () => {
      await this.#awake(options.signal);
      this.#running = true;
      try {
        return await new PipelineRun(this, commands, options).run();
      } finally {
        this.#running = false;
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
    if (!this.#silence.isLong) return;
    // After sleep it waits on a connection that is dead.
    this.idle.end();
    try {
      await this.#reconnectIfDisconnected(signal);
      this.heard();
    } catch (error) {
      signal.throwIfAborted();
      this.#psrp.broke();
      if (error instanceof WsmanFaultError && !saysGone(error.fault)) throw error;
      throw new PoolLost("The conversation had ended while it was idle.", "no", transportCause(error));
    }
  }

  async #reconnectIfDisconnected(signal: AbortSignal): Promise<void> {
    const parts = { shellId: this.#shellId };
    const answer = await exchangeTwice(this.lines, "main", () => getShell(this.#context, parts), signal);
    if (answer.type !== "shell" || answer.shell.state.toLowerCase() !== "disconnected") return;
    try {
      await exchangeTwice(this.lines, "main", () => reconnectShell(this.#context, parts), signal);
    } catch (error) {
      // It is not ours to reconnect any more; a new client may still join it, unless a command of ours is in it.
      if (this.#running || !(error instanceof WsmanFaultError) || saysGone(error.fault)) throw error;
      await this.#connect(signal);
    }
  }

  /**
   * Leaves the shell to itself: a command in it goes on, and what it says is kept for who comes back. When the
   * endpoint refuses, the runspace stays open, and a Receive that waits goes on.
   */
  async disconnect(signal: AbortSignal): Promise<void> {
    const request = disconnectShell(this.#context, { shellId: this.#shellId });
    this.#back = Promise.withResolvers();
    this.#departures += 1;
    this.idle.wake();
    try {
      await exchange(this.lines, this.#running ? "side" : "main", request, signal);
    } catch (error) {
      this.#back.resolve("neverLeft");
      this.#back = null;
      if (!this.#running) this.idle.rest();
      throw error;
    }
    this.#psrp.disconnected();
    // Whatever still comes to a Receive of before is nobody's: it is told by its connection.
    this.idle.end();
    if (this.#running) this.lines.drop("main");
  }

  /** Comes back to it as the same client; a command that ran is received from again. */
  async reconnect(signal: AbortSignal): Promise<void> {
    const parts = { shellId: this.#shellId };
    await exchangeTwice(this.lines, "side", () => reconnectShell(this.#context, parts), signal);
    this.#psrp.reconnected();
    this.#back?.resolve("back");
    this.#back = null;
    if (!this.#running) this.idle.rest();
  }

  /** Whether the endpoint has a command of that id that was not yet read to its end. Fails as `exchange`. */
  async hasCommand(commandId: string, signal: AbortSignal): Promise<boolean> {
    const there = await listCommands({ lines: this.lines, context: this.#context, signal }, this.#shellId);
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
      const { cipher } = this.#key;
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
    if (this.#psrp.state === "beforeOpen") return this.lines.close();
    // A runspace that the endpoint closed by itself may have left its shell behind.
    if (this.#psrp.state !== "closed") this.#psrp.closing();
    const late = new PoolLost("No goodbye was answered.", "maybe");
    using deadline = deadlineIn(this.clock, goodbyeTimeout, late);
    // While a command runs its Receive waits on the main connection. What stays is ended by its idle time, or by our
    // next start.
    const gone = await isShellDeleted(this, this.#running ? "side" : "main", deadline.signal);
    if (gone) this.#noted?.journal.ended(this.#shellId);
    else this.#noted?.journal.left(this.#shellId);
    this.#psrp.closed();
    this.idle.end();
    this.lines.close();
  }
}

const isGone = (error: unknown): boolean => error instanceof WsmanFaultError && saysGone(error.fault);

const isDisconnected = (error: unknown): boolean =>
  error instanceof WsmanFaultError && saysDisconnected(error.fault);

/** A fault that says "gone" needs no cause of its own in the sentence; a failure of the connection does. */
const transportCause = (error: unknown): unknown => (error instanceof WsmanFaultError ? undefined : error);
