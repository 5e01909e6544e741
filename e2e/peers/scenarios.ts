import { AssertionError } from "node:assert";
import { setTimeout } from "node:timers/promises";

export type Scenario = { readonly sentence: string; readonly run: () => Promise<void> };

/** No scenario may wait for ever: silence is a failure (milliseconds). */
const longest = 90_000;

/** Counts what passed, what failed and what was skipped, one plain line each. */
export class Tally {
  readonly #say: (line: string) => void;
  passed = 0;
  failed = 0;
  skipped = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  record(sentence: string, failure: string | null): void {
    if (failure === null) this.passed += 1;
    else this.failed += 1;
    this.#say(failure === null ? `passed  ${sentence}` : `FAILED  ${sentence}: ${failure}`);
  }

  /** A row that cannot be walked here; why is said once, by who skips. */
  skip(sentence: string): void {
    this.skipped += 1;
    this.#say(`skipped ${sentence}`);
  }

  get summary(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }

  /** One after the other; a failure ends none of the others. */
  async run(scenarios: readonly Scenario[]): Promise<void> {
    for (const { sentence, run } of scenarios) this.record(sentence, await failureOf(run));
  }
}

async function failureOf(run: () => Promise<void>): Promise<string | null> {
  const ended = new AbortController();
  const late = setTimeout(longest, `it did not end within ${longest / 1000} s`, { signal: ended.signal });
  try {
    return (await Promise.race([run().then(() => null), late])) ?? null;
  } catch (error) {
    return error instanceof AssertionError || !(error instanceof Error) ? String(error) : (error.stack ?? "");
  } finally {
    late.catch(() => undefined);
    ended.abort();
  }
}
