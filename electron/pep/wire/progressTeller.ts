import type { Doing } from "#contract";
import type { ProgressRecord } from "../../protocol/psrp/records.ts";
import { doingOf } from "./doingOf.ts";

/** Sentences and steps of a command that are told; one that never stops telling is cut. */
const mostWords = 100;
const mostSteps = 10_000;

/** Tells what a command does whenever that changes, and null when it is done with it. */
export class ProgressTeller {
  readonly #tell: (doing: Doing | null) => void;
  #shown: { readonly activityId: number; readonly doing: Doing } | null = null;
  #last = "";
  #words = 0;
  #steps = 0;

  constructor(tell: (doing: Doing | null) => void) {
    this.#tell = tell;
  }

  take(record: ProgressRecord): void {
    const { activityId } = record;
    if (record.completed && this.#shown?.activityId === activityId) return this.end();
    const doing = doingOf(record);
    if (doing === null || !this.#isNews(doing)) return;
    this.#shown = { activityId, doing };
    this.#tell(doing);
  }

  end(): void {
    if (this.#shown === null) return;
    this.#shown = null;
    this.#tell(null);
  }

  #isNews({ words, percent }: Doing): boolean {
    const shown = this.#shown?.doing;
    if (shown?.words === words && shown.percent === percent) return false;
    const isNewSentence = words !== this.#last;
    if (this.#steps >= mostSteps || (isNewSentence && this.#words >= mostWords)) return false;
    this.#last = words;
    this.#steps += 1;
    this.#words += isNewSentence ? 1 : 0;
    return true;
  }
}
