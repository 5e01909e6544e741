import { ConsoleError } from "#contract";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import type { ClientCommand } from "../protocol/psrp/clientCommand.ts";
import type { Clock, Credential, EndpointAddress } from "../services/ports.ts";
import type { Secret } from "../services/secret.ts";
import { enableName } from "./commands/enableRemoteSupport.ts";
import { getCommand, readOfferedCommands } from "./commands/getCommand.ts";
import type { OfferedCommands } from "./commands/getCommand.ts";
import type { DeviceTime } from "./deviceTime.ts";
import { placeName } from "./endpointPlace.ts";
import { deadlineIn } from "./wire/deadline.ts";
import type { DeviceClock } from "./wire/deviceClock.ts";
import type { CommandOptions, Invoked } from "./wire/commandOptions.ts";
import { PoolLost } from "./wire/poolLost.ts";
import { isAnswerLost } from "./wire/repeats.ts";
import { translated } from "./wire/translated.ts";
import { isSignInRefused } from "./wire/transportErrors.ts";
import type { WinrmPool } from "./wire/winrmPool.ts";

/** The cmdlets that the console uses. */
export const neededCommands = [
  enableName,
  "Disable-RemoteSupport",
  "Get-RemoteSupportAccess",
  "Get-RemoteSupportSessionHistory",
] as const;

/** A command with secrets in it: built when its runspace has keys to seal them with. */
export type SealedCommand = {
  readonly name: string;
  readonly sealed: (seal: (secret: Secret) => ClixmlValue) => ClientCommand;
};

/** A read that takes longer is stopped (milliseconds); stamp information runs an action plan and may take minutes. */
const readDeadline = 300_000;
/** A change that nobody is asked about is stopped after that long (milliseconds). */
const changeDeadline = 120_000;
/** A conversation that broke before anything was begun is replaced once. */
const mostAttempts = 2;

/** What was thrown away unopened, or has to begin anew on another conversation, is the same command all the same. */
const tellingOnce = ({ onSent }: CommandOptions): Pick<CommandOptions, "onSent"> => {
  if (onSent === undefined) return {};
  let isTold = false;
  return {
    onSent: (command) => {
      if (!isTold) onSent(command);
      isTold = true;
    },
  };
};

/**
 * Commands at one endpoint, over a pool that is replaced when it breaks: reads are then asked once more, what may have
 * changed something never is. Failures are ConsoleErrors, or the reason of the signal.
 */
export class Conversation {
  readonly address: EndpointAddress;
  readonly credential: Credential;
  readonly #clock: Clock;
  readonly #newPool: () => WinrmPool;
  #pool: WinrmPool | null = null;
  #offered: OfferedCommands | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;
  #deviceBefore: DeviceClock | null = null;

  constructor(
    address: EndpointAddress,
    credential: Credential,
    parts: { readonly clock: Clock; readonly newPool: () => WinrmPool },
  ) {
    this.address = address;
    this.credential = credential;
    this.#clock = parts.clock;
    this.#newPool = parts.newPool;
  }

  get place(): string {
    return placeName(this.address);
  }

  get usable(): boolean {
    return this.#pool?.usable === true && !this.#pool.lines.isShut;
  }

  get device(): DeviceTime {
    return { measured: this.#device?.now ?? null, ours: this.#clock.now().getTime() };
  }

  /** How far the endpoint's clock is ahead of ours (milliseconds); null when it told nothing of it. */
  get clockAheadMs(): number | null {
    const { measured, ours } = this.device;
    return measured === null ? null : Math.round(measured - ours);
  }

  /** By what the endpoint told its time. */
  get clockTold(): DeviceClock["by"] {
    return this.#device?.by ?? null;
  }

  /** That of the pool before, until the next one has heard anything. */
  get #device(): DeviceClock | null {
    const device = this.#pool?.lines.device ?? null;
    return device?.now === null ? this.#deviceBefore : device;
  }

  /** The culture that its shell is in, by its own word; null when it does not say. */
  get culture(): string | null {
    return this.#pool?.culture ?? null;
  }

  /** Opens a pool unless there is one. */
  async open(signal: AbortSignal): Promise<void> {
    await this.#inTurn(() => translated(this.place, signal, () => this.#opened(signal)));
  }

  async read(command: ClientCommand, signal: AbortSignal): Promise<Invoked> {
    const late = new ConsoleError(
      "timedOut",
      `${this.place} did not finish ${command.name} in time. Look at its load and at the network, then try again.`,
      {
        remedy: "retry",
      },
    );
    using deadline = deadlineIn(this.#clock, readDeadline, late);
    return await this.run(command, { signal: AbortSignal.any([signal, deadline.signal]), changes: false });
  }

  /** A change that nobody is asked about. One that does not end in time is stopped, and not confirmed. */
  async change(
    command: ClientCommand | SealedCommand,
    signal: AbortSignal,
    told: Pick<CommandOptions, "onSaid" | "onSent" | "onValue" | "onProgress"> = {},
  ): Promise<Invoked> {
    const sentence = `${this.place} did not finish ${command.name} in time, so it was stopped: it may or may not be done. Read the state before anything else.`;
    using deadline = deadlineIn(this.#clock, changeDeadline, new ConsoleError("notConfirmed", sentence));
    const both = AbortSignal.any([signal, deadline.signal]);
    return await this.run(command, { ...told, signal: both, changes: true });
  }

  /** One command at a time; a second one waits for the first. */
  async run(command: ClientCommand | SealedCommand, options: CommandOptions): Promise<Invoked> {
    const told = { ...options, ...tellingOnce(options) };
    return await this.#inTurn(() =>
      translated(this.place, options.signal, () => this.#attempt(command, told)),
    );
  }

  /** What the endpoint offers, asked once for each runspace. */
  async offered(signal: AbortSignal): Promise<OfferedCommands> {
    if (this.#offered === null || !this.usable) {
      const invoked = await this.read(getCommand(neededCommands), signal);
      this.#offered = readOfferedCommands(invoked);
    }
    return this.#offered;
  }

  /** For good, and at once: a command that runs is broken off. Never throws. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.close();
  }

  /** An opening of which an answer was lost is begun anew, once. */
  async #opened(signal: AbortSignal): Promise<void> {
    try {
      await this.#usablePool(signal);
    } catch (error) {
      if (!(error instanceof PoolLost) || !isAnswerLost(error.cause) || signal.aborted) throw error;
      await this.#usablePool(signal);
    }
  }

  async #usablePool(signal: AbortSignal): Promise<WinrmPool> {
    this.#demandOpen();
    if (this.#pool?.usable === true) return this.#pool;
    await this.#pool?.close();
    this.#demandOpen();
    this.#offered = null;
    this.#deviceBefore = this.#device;
    const pool = this.#newPool();
    this.#pool = pool;
    await pool.open(signal);
    return pool;
  }

  /** For good means that no other runspace is opened for what still waits. */
  #demandOpen(): void {
    if (this.#closed) throw new ConsoleError("cancelled", `The conversation with ${this.place} was closed.`);
  }

  async #attempt(command: ClientCommand | SealedCommand, options: CommandOptions): Promise<Invoked> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#invoke(command, options);
      } catch (error) {
        if (!(error instanceof PoolLost)) throw error;
        if (options.changes && error.acted === "maybe") throw this.#notConfirmed(command, error);
        // Another conversation would sign in with the same password.
        if (attempt === mostAttempts || isSignInRefused(error.cause)) throw error;
        options.signal.throwIfAborted();
      }
    }
  }

  async #invoke(command: ClientCommand | SealedCommand, options: CommandOptions): Promise<Invoked> {
    const pool = await this.#usablePool(options.signal);
    const ready = "sealed" in command ? command.sealed(await pool.sealing(options.signal)) : command;
    return await pool.invoke([ready], options);
  }

  #notConfirmed(command: { readonly name: string }, cause: PoolLost): ConsoleError {
    const sentence = `The conversation with ${this.place} broke off during ${command.name}: it may or may not be done. Read the state before anything else.`;
    return new ConsoleError("notConfirmed", sentence, { cause });
  }

  async #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(act, act);
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }
}
