/*
 * One command from its first byte to its end, with the questions and the stop that may come between. Longer than a
 * file should be, because all that may happen while a Receive waits belongs to one state; each part is short.
 */
import type { Doing } from "#contract";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { HostCall } from "../../protocol/psrp/hostCalls.ts";
import { isOver } from "../../protocol/psrp/pipelineState.ts";
import { runCommand, sendInput, signalCommand } from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { AskPerson, EndpointQuestion } from "../../services/ports.ts";
import { exchange, mostCarried, WsmanFaultError } from "./exchange.ts";
import { saysGone } from "./faultErrors.ts";
import { readDemand } from "./hostAnswers.ts";
import type { YesNoQuestion } from "./hostAnswers.ts";
import { Measure } from "./measure.ts";
import { TooMuchOutput } from "./measure.ts";
import { notOffered } from "./notOffered.ts";
import { PoolLost } from "./poolLost.ts";
import { ProgressTeller } from "./progressTeller.ts";
import { exchangeOnce, exchangeTwice, isAnswerLost } from "./repeats.ts";
import { Said } from "./saidLines.ts";
import { actedOf } from "./transportErrors.ts";
import { TooManyQuestions, UnexpectedQuestion } from "./unexpectedQuestion.ts";
import { untilAborted } from "./untilAborted.ts";
import { isSilent, type ReceivedAnswer } from "./receivedAnswer.ts";
import type { WinrmPool } from "./winrmPool.ts";

export type CommandOptions = {
  /** Aborting stops the pipeline and then rejects with the reason. */
  readonly signal: AbortSignal;
  /** True when the command may change something: it is never sent twice. */
  readonly changes: boolean;
  /** Who may be asked; without it every question stops the command. */
  readonly ask?: AskPerson;
  readonly onSaid?: (line: string) => void;
  /** Told what the command says it is doing, whenever that changes; null when it is done with it. */
  readonly onProgress?: (doing: Doing | null) => void;
  /** Gets each output item as it comes; nothing is collected then, and memory stays bounded whatever the size. */
  readonly onOutput?: (value: ClixmlValue) => void;
};

export type Invoked = {
  readonly end: "completed" | "failed";
  readonly output: readonly ClixmlValue[];
  /** ERROR_RECORDs, which do not end a command, and last the reason of a failed one. */
  readonly errors: readonly ErrorRecord[];
  readonly said: readonly string[];
  readonly answer: "yes" | "no" | "notAsked";
};

const stopPatience = 15_000;
const terminatePatience = 5_000;
const sideLineAfter = 1_000;
/** How long a question may still come after an answer was lost that may have held it (milliseconds). */
const questionPatience = 4_000;
/** Calls of one command that are answered, questions and all. */
const mostCalls = 50;

/** The command was stopped because of `because`. */
type Stop = { readonly because: unknown };

export class PipelineRun {
  readonly #pool: WinrmPool;
  readonly #commands: readonly ClientCommand[];
  readonly #options: CommandOptions;
  readonly #id: string;
  readonly #said: Said;
  readonly #progress: ProgressTeller;
  readonly #output: ClixmlValue[] = [];
  readonly #errors: ErrorRecord[] = [];
  readonly #measure = new Measure();
  /** Aborted when all is given up: closes the sockets that still wait. */
  readonly #givenUp = new AbortController();
  /** Aborted when the pipeline is over: takes back questions and waits. */
  readonly #ended = new AbortController();
  #answer: Invoked["answer"] = "notAsked";
  #calls = 0;
  #wasAsked = false;
  #isFull = false;
  #stop: Stop | null = null;
  #started = false;
  /** Waits for what may have been in a lost answer; aborted when something comes. */
  #missing: AbortController | null = null;

  constructor(pool: WinrmPool, commands: readonly ClientCommand[], options: CommandOptions) {
    this.#pool = pool;
    this.#commands = commands;
    this.#options = options;
    this.#id = pool.newId().toUpperCase();
    this.#said = new Said(options.onSaid ?? (() => undefined));
    this.#progress = new ProgressTeller(options.onProgress ?? (() => undefined));
  }

  async run(): Promise<Invoked> {
    const { signal } = this.#options;
    const onAbort = (): void => this.#stopBecause(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      await this.#start();
      await this.#receiveAll();
      return this.#result();
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#ended.abort();
      this.#missing?.abort();
      this.#progress.end();
    }
  }

  /** The Command request. It is repeated, once, only where the server threw it away unopened. */
  async #start(): Promise<void> {
    const { changes, ask, signal } = this.#options;
    await this.#pool.lines.get("main", signal);
    // A stop or an answer must be able to pass the waiting Receive from the first moment on.
    if (changes || ask !== undefined) {
      await this.#pool.idle.makeRoom(signal);
      await this.#pool.lines.get("side", signal);
    }
    signal.throwIfAborted();
    this.#pool.psrp.createPipeline(this.#id, this.#commands);
    const bytes = this.#pool.psrp.take(this.#id, mostCarried)?.bytes ?? new Uint8Array();
    const request = (): WsmanRequest => runCommand(this.#pool.context, { ...this.#where(), bytes });
    try {
      await this.#command(request);
      this.#started = true;
      await this.#sendWaiting("main");
    } catch (error) {
      throw this.#lost(error);
    }
    if (this.#stop !== null) void this.#stopPipeline();
  }

  /**
   * A Command whose answer is lost may be running: the endpoint is asked, and then it is received from. Where it did
   * not arrive, only what reads is sent again.
   */
  async #command(request: () => WsmanRequest): Promise<void> {
    const { lines } = this.#pool;
    try {
      await exchangeOnce(lines, "main", request, this.#givenUp.signal);
    } catch (error) {
      if (!isAnswerLost(error) || this.#givenUp.signal.aborted) throw error;
      if (await this.#hasArrived(error)) return;
      if (this.#options.changes) throw error;
      await exchange(lines, "main", request(), this.#givenUp.signal);
    }
  }

  /** Throws the error for which this is asked when there is no answer to it either. */
  async #hasArrived(error: unknown): Promise<boolean> {
    if (actedOf(error) === "no") throw error;
    try {
      return await this.#pool.hasCommand(this.#id, this.#givenUp.signal);
    } catch {
      throw error;
    }
  }

  #where(): { readonly shellId: string; readonly commandId: string } {
    return { shellId: this.#pool.shellId, commandId: this.#id };
  }

  /** Receives until CommandState Done. */
  async #receiveAll(): Promise<void> {
    try {
      for (let done = false; !done; ) {
        const answer = await this.#receiveOnce();
        if (this.#options.onOutput === undefined) this.#within(this.#measure.answer(answer.bytes));
        for (const event of answer.events) this.#hear(event);
        ({ done } = answer);
      }
    } catch (error) {
      throw this.#lost(error);
    }
  }

  /**
   * A second connection is opened once a Receive has waited for a second, so that a stop need not wait for it. While the
   * second one carries the pool's Receive, ours lets go after that second, and has room made then.
   */
  async #receiveOnce(): Promise<ReceivedAnswer> {
    const { idle } = this.#pool;
    if (!idle.isInTheWay) return await this.#receiveLong();
    const answer = await this.#receive(sideLineAfter);
    if (isSilent(answer)) await idle.makeRoom(this.#givenUp.signal);
    return answer;
  }

  async #receiveLong(): Promise<ReceivedAnswer> {
    const answered = new AbortController();
    this.#pool.clock.sleep(sideLineAfter, answered.signal).then(
      () => this.#pool.lines.get("side", this.#givenUp.signal).catch(() => undefined),
      () => undefined,
    );
    try {
      return await this.#receive();
    } finally {
      answered.abort();
    }
  }

  async #receive(timeoutMs?: number): Promise<ReceivedAnswer> {
    const onLost = (): void => this.#mayMissQuestion();
    const options = timeoutMs === undefined ? { onLost } : { onLost, timeoutMs };
    const answer = await this.#pool.receiveSurely(this.#id, this.#givenUp.signal, options);
    // Where something is missing before what came now, that shows in its number.
    if (answer.events.length > 0) this.#missing?.abort();
    return answer;
  }

  /** A question is sent once: when it was in a lost answer both ends would wait for each other for ever. */
  #mayMissQuestion(): void {
    if (this.#options.ask === undefined || this.#wasAsked) return;
    this.#missing = new AbortController();
    const missed = new PoolLost("An answer was lost, and no question came after it.", "maybe");
    this.#pool.clock.sleep(questionPatience, this.#missing.signal).then(
      () => this.#stopBecause(missed),
      () => undefined,
    );
  }

  /** Beyond the measure the command is stopped, and what still comes of it is not kept. */
  #within(tooMuch: TooMuchOutput | null): void {
    if (tooMuch === null || this.#isFull) return;
    this.#isFull = true;
    this.#output.length = 0;
    this.#errors.length = 0;
    this.#stopBecause(tooMuch);
  }

  #take(value: ClixmlValue): void {
    const { onOutput } = this.#options;
    if (onOutput === undefined) this.#within(this.#measure.object());
    if (this.#isFull) return;
    if (onOutput === undefined) this.#output.push(value);
    else onOutput(value);
  }

  #fail(record: ErrorRecord): void {
    this.#within(this.#measure.error());
    if (!this.#isFull) this.#errors.push(record);
  }

  #say(line: string): void {
    if (!this.#isFull) this.#said.record(line);
  }

  #hear(event: ClientEvent): void {
    switch (event.type) {
      case "output":
        this.#take(event.value);
        break;
      case "error":
        this.#fail(event.record);
        break;
      case "information":
        this.#say(event.record.text);
        break;
      case "warning":
        this.#say(event.text);
        break;
      case "hostCall":
        this.#hostCall(event.call);
        break;
      case "pipelineState":
        if (event.error !== null) this.#errors.push(event.error);
        break;
      case "broken":
        throw event.error;
      case "progress":
        this.#progress.take(event.record);
        break;
      // Said for developers, or about the pool.
      case "debug":
      case "verbose":
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

  #hostCall(call: HostCall): void {
    if (call.wantsAnswer && (this.#calls += 1) > mostCalls)
      return this.#stopBecause(new TooManyQuestions(mostCalls));
    const demand = readDemand(call);
    if (demand.kind === "said" && !this.#isFull) this.#said.hostCall(demand.line);
    if (demand.kind === "progress") this.#progress.take(demand.record);
    // The end came with the question: nobody waits for an answer any more.
    const state = this.#pool.psrp.pipelineState(this.#id);
    if (state === null || isOver(state)) return;
    if (demand.kind === "fact") void this.#respond(call, demand.result, null);
    if (demand.kind === "question") void this.#ask(call, demand.asked);
    if (demand.kind === "foreign") this.#foreign(call, demand.question);
  }

  /** Only a person answers. Everything else ends in a stop: an error in the place of an answer can grant. */
  async #ask(call: HostCall, asked: YesNoQuestion): Promise<void> {
    const { ask } = this.#options;
    this.#wasAsked = true;
    if (ask === undefined) return this.#refuse(call);
    try {
      const answer = await untilAborted(ask(asked.question, this.#ended.signal), this.#ended.signal);
      if (this.#stop !== null || this.#ended.signal.aborted) return;
      if (answer !== "yes" && answer !== "no") throw new UnexpectedQuestion();
      this.#answer = answer;
      await this.#respond(call, answer === "yes" ? asked.yes : asked.no, null);
    } catch (error) {
      this.#stopBecause(error);
    }
  }

  /** Its words go to whoever would be asked, so that they are kept; no answer that may come back is ever sent. */
  #foreign(call: HostCall, question: EndpointQuestion): void {
    this.#options.ask?.(question, this.#ended.signal).catch(() => undefined);
    this.#refuse(call);
  }

  /** What we do not offer: refused by an error where nothing can be granted, stopped where something can. */
  #refuse(call: HostCall): void {
    const mayGrant = this.#options.changes || this.#options.ask !== undefined;
    if (mayGrant) return this.#stopBecause(new UnexpectedQuestion());
    void this.#respond(call, null, notOffered());
  }

  async #respond(call: HostCall, result: ClixmlValue, error: ErrorRecord | null): Promise<void> {
    if (this.#stop !== null) return;
    try {
      const { callId, method } = call;
      this.#pool.psrp.answerHostCall(this.#id, { callId, method, result, error });
      await this.#sendWaiting("side");
    } catch (cause) {
      this.#stopBecause(new PoolLost("An answer could not be delivered.", "maybe", cause));
    }
  }

  /** Carries what waits in psrp, one request after the other. */
  async #sendWaiting(line: "main" | "side"): Promise<void> {
    for (;;) {
      const carried = this.#pool.psrp.take(this.#id, mostCarried);
      if (carried === null) return;
      const request = (): WsmanRequest => sendInput(this.#pool.context, { ...this.#where(), ...carried });
      await exchangeOnce(this.#pool.lines, line, request, this.#givenUp.signal);
    }
  }

  #stopBecause(because: unknown): void {
    if (this.#stop !== null || this.#ended.signal.aborted) return;
    this.#stop = { because };
    // A question that still waits for a person is taken back at once.
    if (this.#started) void this.#stopPipeline();
  }

  /** Stop, then close, then give up ([MS-PSRP] 3.1.5.3.9); the Receive loop sees what comes of it. */
  async #stopPipeline(): Promise<void> {
    const state = this.#pool.psrp.pipelineState(this.#id);
    if (state === null || isOver(state)) return;
    this.#pool.psrp.stopping(this.#id);
    try {
      await this.#signal("stop");
      await this.#patience(stopPatience);
      await this.#signal("terminate");
      await this.#patience(terminatePatience);
    } catch {
      // Over meanwhile, or not to be reached: then giving up is all that is left, and it harms nothing when over.
    }
    if (!this.#ended.signal.aborted)
      this.#givenUp.abort(new PoolLost("The command could not be stopped.", "maybe"));
  }

  /** Rejects as soon as the pipeline is over. */
  async #patience(milliseconds: number): Promise<void> {
    await this.#pool.clock.sleep(milliseconds, this.#ended.signal);
  }

  /** The same code may arrive twice. */
  async #signal(signal: "stop" | "terminate"): Promise<void> {
    const request = (): WsmanRequest => signalCommand(this.#pool.context, { ...this.#where(), signal });
    await exchangeTwice(this.#pool.lines, "side", request, this.#givenUp.signal);
  }

  /** The pipeline's outcome is not known; the pool is not used again. A fault that refused the start is only passed on. */
  #lost(error: unknown): unknown {
    this.#ended.abort();
    const isFault = error instanceof WsmanFaultError;
    if (isFault && !this.#started && !saysGone(error.fault)) {
      this.#pool.psrp.lost(this.#id);
      return error;
    }
    const acted = this.#started || (!isFault && actedOf(error) === "maybe") ? "maybe" : "no";
    this.#pool.psrp.lost(this.#id);
    void this.#pool.close();
    // A reading that was too much and had to be closed is not tried again: the next one would be as much.
    const because = this.#stop?.because;
    if (because instanceof TooMuchOutput && !this.#options.changes) return because;
    return new PoolLost("The conversation broke off.", acted, isFault ? undefined : error);
  }

  #result(): Invoked {
    const end = this.#pool.psrp.done(this.#id);
    if (end === "broken") throw this.#lost(undefined);
    if (this.#stop !== null) throw this.#stop.because;
    if (end !== "completed" && end !== "failed")
      throw new PoolLost("The endpoint stopped the command by itself.", "maybe");
    const { lines: said } = this.#said;
    return { end, output: this.#output, errors: this.#errors, said, answer: this.#answer };
  }
}
