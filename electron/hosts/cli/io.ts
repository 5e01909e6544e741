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
};
