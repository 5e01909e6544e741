import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { ProgressRecord } from "../../protocol/psrp/records.ts";
import type { CommandOptions, Invoked } from "./commandOptions.ts";
import { Measure, type TooMuchOutput } from "./measure.ts";
import { ProgressTeller } from "./progressTeller.ts";
import { Said } from "./saidLines.ts";

/** What a command gave, as far as it is kept. Beyond the measure `onTooMuch` is told, and what still comes is not kept. */
export class CommandOutput {
  readonly #onOutput: CommandOptions["onOutput"];
  readonly #onValue: NonNullable<CommandOptions["onValue"]>;
  readonly #onTooMuch: (tooMuch: TooMuchOutput) => void;
  readonly #said: Said;
  readonly #aside = new Said(() => undefined);
  readonly #progress: ProgressTeller;
  readonly #output: ClixmlValue[] = [];
  readonly #errors: ErrorRecord[] = [];
  readonly #measure = new Measure();
  #isFull = false;

  constructor(options: CommandOptions, onTooMuch: (tooMuch: TooMuchOutput) => void) {
    this.#onOutput = options.onOutput;
    this.#onValue = options.onValue ?? (() => undefined);
    this.#onTooMuch = onTooMuch;
    this.#said = new Said(options.onSaid ?? (() => undefined));
    this.#progress = new ProgressTeller(options.onProgress ?? (() => undefined));
  }

  get kept(): Pick<Invoked, "output" | "errors" | "said" | "aside"> {
    const [said, aside] = [this.#said.lines, this.#aside.lines];
    return { output: this.#output, errors: this.#errors, said, aside };
  }

  /** An answer of that many bytes came. */
  answer(bytes: number): void {
    if (this.#onOutput === undefined) this.#within(this.#measure.answer(bytes));
  }

  take(value: ClixmlValue): void {
    if (this.#onOutput === undefined) this.#within(this.#measure.object());
    if (this.#isFull) return;
    this.#onValue(value);
    if (this.#onOutput === undefined) this.#output.push(value);
    else this.#onOutput(value);
  }

  error(record: ErrorRecord): void {
    this.#within(this.#measure.error());
    if (!this.#isFull) this.#errors.push(record);
  }

  /** Why the command failed: kept whatever came before. */
  reason(record: ErrorRecord): void {
    this.#errors.push(record);
  }

  /** Said by a record. */
  record(line: string): void {
    if (!this.#isFull) this.#said.record(line);
  }

  /** Said by a host call. */
  hostCall(line: string): void {
    if (!this.#isFull) this.#said.hostCall(line);
  }

  /** Said for developers by a record, or by a host call. */
  aside(line: string, by: "record" | "hostCall"): void {
    if (!this.#isFull) this.#aside[by](line);
  }

  progress(record: ProgressRecord): void {
    this.#progress.take(record);
  }

  /** The command is over, and so is what it was doing. */
  end(): void {
    this.#progress.end();
  }

  #within(tooMuch: TooMuchOutput | null): void {
    if (tooMuch === null || this.#isFull) return;
    this.#isFull = true;
    this.#output.length = 0;
    this.#errors.length = 0;
    this.#onTooMuch(tooMuch);
  }
}
