import type { ConsoleClient } from "#contract";
import type { CliIo } from "../io.ts";
import type { Options, VerbOption } from "../options.ts";

/** A friendly command. `prepare` checks the line (UsageError), so that nothing is opened for a line that cannot be done. */
export type Verb = {
  readonly summary: string;
  readonly options: readonly VerbOption[];
  /** True where nobody signs in, so that no account is needed. */
  readonly beforeSignIn?: true;
  prepare(options: Options): (console: ConsoleClient, io: CliIo) => Promise<number>;
};
