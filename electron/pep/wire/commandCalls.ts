import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { HostCall } from "../../protocol/psrp/hostCalls.ts";
import type { EndpointQuestion } from "../../services/ports.ts";
import { mayGrant } from "./commandOptions.ts";
import type { CommandOptions, Invoked } from "./commandOptions.ts";
import type { CommandOutput } from "./commandOutput.ts";
import type { CommandRequests } from "./commandRequests.ts";
import type { CommandStop } from "./commandStop.ts";
import { readDemand } from "./hostAnswers.ts";
import type { YesNoQuestion } from "./hostAnswers.ts";
import { notOffered } from "./notOffered.ts";
import { PoolLost } from "./poolLost.ts";
import { TooManyQuestions, UnexpectedQuestion } from "./unexpectedQuestion.ts";
import { untilAborted } from "./untilAborted.ts";
import type { WinrmPool } from "./winrmPool.ts";

/** How long a question may still come after an answer was lost that may have held it (milliseconds). */
const questionPatience = 4_000;
/** Calls of one command that are answered, questions and all. */
const mostCalls = 50;

export type CallParts = {
  readonly pool: WinrmPool;
  readonly options: CommandOptions;
  readonly requests: CommandRequests;
  readonly stop: CommandStop;
  readonly output: CommandOutput;
};

/** What a command calls its host for, the question to the operator among it. */
export class CommandCalls {
  readonly #parts: CallParts;
  #answer: Invoked["answer"] = "notAsked";
  #calls = 0;
  #wasAsked = false;
  /** Waits for what may have been in a lost answer; aborted when something comes. */
  #missing: AbortController | null = null;

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  /** What the operator answered. */
  get answer(): Invoked["answer"] {
    return this.#answer;
  }

  take(call: HostCall): void {
    const { output, requests, stop } = this.#parts;
    if (call.wantsAnswer && (this.#calls += 1) > mostCalls)
      return stop.order(new TooManyQuestions(mostCalls));
    const demand = readDemand(call);
    if (demand.kind === "said") output.hostCall(demand.line);
    if (demand.kind === "aside") output.aside(demand.line, "hostCall");
    if (demand.kind === "progress") output.progress(demand.record);
    // The end came with the question: nobody waits for an answer any more.
    if (requests.over) return;
    if (demand.kind === "fact") void this.#respond(call, demand.result, null);
    if (demand.kind === "question") void this.#ask(call, demand.asked);
    if (demand.kind === "foreign") this.#foreign(call, demand.question);
  }

  /** A question is sent once: when it was in a lost answer both ends would wait for each other for ever. */
  mayMissQuestion(): void {
    const { pool, options, stop } = this.#parts;
    if (options.ask === undefined || this.#wasAsked) return;
    this.#missing?.abort();
    this.#missing = new AbortController();
    const missed = new PoolLost("An answer was lost, and no question came after it.", "maybe");
    pool.clock.sleep(questionPatience, this.#missing.signal).then(
      () => stop.order(missed),
      () => undefined,
    );
  }

  /** Something came, or the command is over: where something is missing before it, that shows in its number. */
  missNothing(): void {
    this.#missing?.abort();
  }

  /** Only a person answers. Everything else ends in a stop: an error in the place of an answer can grant. */
  async #ask(call: HostCall, asked: YesNoQuestion): Promise<void> {
    const { options, stop } = this.#parts;
    this.#wasAsked = true;
    if (options.ask === undefined) return this.#refuse(call);
    try {
      const answer = await untilAborted(options.ask(asked.question, stop.ended), stop.ended);
      if (stop.ordered !== null || stop.ended.aborted) return;
      if (answer !== "yes" && answer !== "no") throw new UnexpectedQuestion();
      this.#answer = answer;
      await this.#respond(call, answer === "yes" ? asked.yes : asked.no, null);
    } catch (error) {
      stop.order(error);
    }
  }

  /** Its words go to whoever would be asked, so that they are kept; no answer that may come back is ever sent. */
  #foreign(call: HostCall, question: EndpointQuestion): void {
    const { options, stop } = this.#parts;
    options.ask?.(question, stop.ended).catch(() => undefined);
    this.#refuse(call);
  }

  /** What we do not offer: refused by an error where nothing can be granted, stopped where something can. */
  #refuse(call: HostCall): void {
    const { options, stop } = this.#parts;
    if (mayGrant(options)) return stop.order(new UnexpectedQuestion());
    void this.#respond(call, null, notOffered());
  }

  async #respond(call: HostCall, result: ClixmlValue, error: ErrorRecord | null): Promise<void> {
    const { pool, requests, stop } = this.#parts;
    if (stop.ordered !== null) return;
    try {
      const { callId, method } = call;
      pool.psrp.answerHostCall(requests.id, { callId, method, result, error });
      await requests.sendWaiting("side");
    } catch (cause) {
      stop.order(new PoolLost("An answer could not be delivered.", "maybe", cause));
    }
  }
}
