import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import { CommandCalls } from "./commandCalls.ts";
import { mayGrant } from "./commandOptions.ts";
import type { CommandOptions, Invoked } from "./commandOptions.ts";
import { CommandOutput } from "./commandOutput.ts";
import { CommandRequests } from "./commandRequests.ts";
import { CommandStop } from "./commandStop.ts";
import { WsmanFaultError } from "./exchange.ts";
import { saysGone } from "./faultErrors.ts";
import { TooMuchOutput } from "./measure.ts";
import { PoolLost } from "./poolLost.ts";
import { informationText } from "./informationText.ts";
import { isSilent, type ReceivedAnswer } from "./receivedAnswer.ts";
import { actedOf, isSignInRefused } from "./transportErrors.ts";
import type { WinrmPool } from "./winrmPool.ts";

const sideLineAfter = 1_000;
/** How long CommandState Done may come after the pipeline's last state (milliseconds). */
const doneMayLag = 5_000;

/** One command from its first byte to its end, with the questions and the stop that may come between. */
export class PipelineRun {
  readonly #pool: WinrmPool;
  readonly #commands: readonly ClientCommand[];
  readonly #options: CommandOptions;
  readonly #requests: CommandRequests;
  readonly #stop: CommandStop;
  readonly #output: CommandOutput;
  readonly #calls: CommandCalls;

  constructor(pool: WinrmPool, commands: readonly ClientCommand[], options: CommandOptions) {
    this.#pool = pool;
    this.#commands = commands;
    this.#options = options;
    const requests = new CommandRequests(pool);
    const stop = new CommandStop(pool, requests);
    const output = new CommandOutput(options, (tooMuch) => stop.order(tooMuch));
    this.#requests = requests;
    this.#stop = stop;
    this.#output = output;
    this.#calls = new CommandCalls({ pool, options, requests, stop, output });
  }

  get mayGrant(): boolean {
    return mayGrant(this.#options);
  }

  /** Ordered once, for the first reason; `run` fails with it. */
  stop(because: unknown): void {
    this.#stop.order(because);
  }

  /** Nothing is waited for any more: what the runspace did not say by now it never says. */
  runspaceEnded(): void {
    this.#requests.giveUp(new PoolLost("The runspace ended meanwhile.", "maybe"));
  }

  async run(): Promise<Invoked> {
    const { signal } = this.#options;
    const onAbort = (): void => this.#stop.order(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      await this.#start();
      await this.#receiveAll();
      return this.#result();
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#stop.end();
      this.#calls.missNothing();
      this.#output.end();
    }
  }

  async #start(): Promise<void> {
    const { changes, signal } = this.#options;
    await this.#pool.lines.get("main", signal);
    if (this.mayGrant) await this.#makeWay();
    signal.throwIfAborted();
    this.#pool.demandUsable();
    this.#requests.create(this.#commands);
    try {
      await this.#requests.start(changes, () => this.#onSent());
      await this.#requests.sendWaiting("main");
    } catch (error) {
      throw this.#lost(error);
    }
    this.#stop.started();
  }

  #onSent(): void {
    for (const command of this.#commands) this.#options.onSent?.(command);
  }

  /** A stop or an answer must be able to pass the waiting Receive from the first moment on. */
  async #makeWay(): Promise<void> {
    const { ask, signal } = this.#options;
    await this.#pool.idle.makeRoom(signal);
    const way = this.#pool.lines.get("side", signal);
    // What asks nobody goes on without it, a revoke above all: it is only harder to stop.
    await (ask === undefined ? way.catch(() => undefined) : way);
  }

  /** Receives until CommandState Done. */
  async #receiveAll(): Promise<void> {
    try {
      for (let done = false; !done; ) {
        if (this.#requests.over) return await this.#receiveDone();
        const answer = await this.#receiveOnce();
        this.#output.answer(answer.bytes);
        for (const event of answer.events) this.#hear(event);
        ({ done } = answer);
      }
    } catch (error) {
      throw this.#lost(error);
    }
  }

  /**
   * The pipeline said its last state, which stands whatever comes now ([MS-PSRP] 2.2.2.21). Where Done does not come
   * with the next answer, or nobody waits for it, the command may not be gone, and its runspace is not used again.
   */
  async #receiveDone(): Promise<void> {
    const { signal } = this.#options;
    const { givenUp } = this.#requests;
    const until = signal.aborted ? givenUp : AbortSignal.any([givenUp, signal]);
    const answer = await this.#receive(until, doneMayLag).catch(() => null);
    if (answer?.done !== true) void this.#pool.close();
  }

  /**
   * A second connection is opened once a Receive has waited for a second, so that a stop need not wait for it. While the
   * second one carries the pool's Receive, ours lets go after that second, and has room made then.
   */
  async #receiveOnce(): Promise<ReceivedAnswer> {
    const { idle } = this.#pool;
    if (!idle.isInTheWay) return await this.#receiveLong();
    const answer = await this.#receive(this.#requests.givenUp, sideLineAfter);
    if (isSilent(answer)) await idle.makeRoom(this.#requests.givenUp);
    return answer;
  }

  async #receiveLong(): Promise<ReceivedAnswer> {
    const answered = new AbortController();
    this.#pool.clock.sleep(sideLineAfter, answered.signal).then(
      () => this.#pool.lines.get("side", this.#requests.givenUp).catch(() => undefined),
      () => undefined,
    );
    try {
      return await this.#receive(this.#requests.givenUp);
    } finally {
      answered.abort();
    }
  }

  async #receive(signal: AbortSignal, timeoutMs?: number): Promise<ReceivedAnswer> {
    const onLost = (): void => this.#calls.mayMissQuestion();
    const options = timeoutMs === undefined ? { onLost } : { onLost, timeoutMs };
    const answer = await this.#pool.receiveSurely(this.#requests.id, signal, options);
    if (answer.events.length > 0) this.#calls.missNothing();
    return answer;
  }

  #hear(event: ClientEvent): void {
    switch (event.type) {
      case "output":
        this.#output.take(event.value);
        break;
      case "error":
        this.#output.error(event.record);
        break;
      case "information":
        this.#output.record(informationText(event.record));
        break;
      case "warning":
        this.#output.record(event.text);
        break;
      case "hostCall":
        this.#calls.take(event.call);
        break;
      case "pipelineState":
        if (event.error !== null) this.#output.reason(event.error);
        // From here on there is nothing to ask and nothing to stop.
        this.#stop.end();
        break;
      case "broken":
        throw event.error;
      case "progress":
        this.#output.progress(event.record);
        break;
      case "debug":
      case "verbose":
        this.#output.aside(event.text, "record");
        break;
      // Said about the pool.
      case "note":
      case "capability":
      case "privateData":
      case "poolState":
      case "initData":
      case "availability":
      case "userEvent":
      case "publicKeyRequest":
      case "sessionKey":
        break;
      default:
        event satisfies never;
    }
  }

  /** The pipeline's outcome is not known; the pool is not used again. What refused the start is only passed on. */
  #lost(error: unknown): unknown {
    this.#stop.end();
    const isFault = error instanceof WsmanFaultError;
    const isRefusal = isFault ? !saysGone(error.fault) : isSignInRefused(error);
    if (isRefusal && !this.#requests.started) {
      this.#pool.psrp.lost(this.#requests.id);
      return error;
    }
    const acted = this.#requests.started || (!isFault && actedOf(error) === "maybe") ? "maybe" : "no";
    this.#pool.psrp.lost(this.#requests.id);
    void this.#pool.close();
    // A reading that was too much and had to be closed is not tried again: the next one would be as much.
    const because = this.#stop.ordered?.because;
    if (because instanceof TooMuchOutput && !this.#options.changes) return because;
    return new PoolLost("The conversation broke off.", acted, isFault ? undefined : error);
  }

  #result(): Invoked {
    const end = this.#pool.psrp.done(this.#requests.id);
    if (end === "broken") throw this.#lost(undefined);
    if (this.#stop.ordered !== null) throw this.#stop.ordered.because;
    if (end !== "completed" && end !== "failed")
      throw new PoolLost("The endpoint stopped the command by itself.", "maybe");
    return { end, ...this.#output.kept, answer: this.#calls.answer };
  }
}
