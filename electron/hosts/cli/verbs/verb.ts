import type { ConsoleClient } from "#contract";
import type { CliIo } from "../io.ts";
import type { Options, VerbOption } from "../options.ts";

/** A friendly command. `prepare` checks the line (UsageError), so that nothing is opened for a line that cannot be done. */
export type Verb = {
  readonly summary: string;
  readonly options: readonly VerbOption[];
  prepare(options: Options): (console: ConsoleClient, io: CliIo) => Promise<number>;
};
