import type { Readable, Writable } from "node:stream";

/** The terminal as the commands see it; tests bring their own. */
export type CliIo = {
  /** One line to standard output: results only. */
  readonly out: (line: string) => void;
  /** One line to standard error: progress, questions and failures. */
  readonly say: (line: string) => void;
  readonly stdin: Readable;
  /** Where a question and what is typed to it are shown; standard error if left out. */
  readonly screen?: Writable;
  /** True when a person sits at standard input and can be asked. */
  readonly interactive: boolean;
  /** Ctrl-C where the terminal is read key by key: as if the process had been told. */
  readonly interrupt?: () => void;
  /** Aborted at the first interrupt (Ctrl-C). */
  readonly signal: AbortSignal;
  /** Aborted at the second interrupt: nothing is waited for any more but a record. */
  readonly hurried?: AbortSignal;
  /** Told when something begins whose end must get into the ledger: a second interrupt waits a while for that. */
  readonly awaits?: (what: string) => void;
};
