import { noAnswerWanted } from "./hostCalls.ts";
import { wantsAnswer } from "./hostMethods.ts";

/** The host calls of one pipeline (or of the pool) that wait for an answer. Ids count from 1 in each ([MS-PSRP] 2.2.2.27). */
export class OpenCalls {
  #last = 0n;
  readonly #open = new Map<bigint, number>();

  get any(): boolean {
    return this.#open.size > 0;
  }

  /** The id for a call of that method; methods without a result are not waited for. */
  begin(method: number): bigint {
    if (!wantsAnswer(method)) return noAnswerWanted;
    this.#last += 1n;
    this.#open.set(this.#last, method);
    return this.#last;
  }

  /** False when no such call of that method is open. */
  answer(callId: bigint, method: number): boolean {
    return this.#open.get(callId) === method && this.#open.delete(callId);
  }

  /** Remembers a call that the peer made. */
  note(callId: bigint, method: number): void {
    this.#open.set(callId, method);
  }

  cancel(): void {
    this.#open.clear();
  }
}
