import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { HostAnswer } from "./commandVoice.ts";

/** One command of a shell from its Command request until it is closed. */
export class RunningCommand {
  readonly #controller = new AbortController();
  readonly #input: ClixmlValue[] = [];
  readonly #inputEnd = Promise.withResolvers<readonly ClixmlValue[]>();
  readonly #questions = new Map<bigint, PromiseWithResolvers<HostAnswer>>();

  constructor() {
    // A command that never reads its input leaves this promise alone.
    this.#inputEnd.promise.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** All input, once its end came; rejects when the command is stopped. */
  get input(): Promise<readonly ClixmlValue[]> {
    return this.#inputEnd.promise;
  }

  addInput(value: ClixmlValue): void {
    this.#input.push(value);
  }

  endInput(): void {
    this.#inputEnd.resolve(this.#input);
  }

  ask(callId: bigint): Promise<HostAnswer> {
    const question = Promise.withResolvers<HostAnswer>();
    this.#questions.set(callId, question);
    return question.promise;
  }

  answer(callId: bigint, answer: HostAnswer): void {
    this.#questions.get(callId)?.resolve(answer);
    this.#questions.delete(callId);
  }

  stop(): void {
    if (this.signal.aborted) return;
    this.#controller.abort();
    this.#inputEnd.reject(this.signal.reason);
    for (const question of this.#questions.values()) question.reject(this.signal.reason);
    this.#questions.clear();
  }
}
