import type { Readable } from "node:stream";

/** The terminal as the commands see it; tests bring their own. */
export type CliIo = {
  /** One line to standard output: results only. */
  readonly out: (line: string) => void;
  /** One line to standard error: progress, questions and failures. */
  readonly say: (line: string) => void;
  readonly stdin: Readable;
  /** True when a person sits at standard input and can be asked. */
  readonly interactive: boolean;
  /** Aborted at the first interrupt (Ctrl-C). */
  readonly signal: AbortSignal;
};
