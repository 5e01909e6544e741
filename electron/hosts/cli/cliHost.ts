import type { ConsoleClient, Target } from "#contract";

/** A console made for one command line; `close` waits until what was begun is recorded. */
export type OpenedConsole = { readonly client: ConsoleClient; close(): Promise<void> };

/** What the command line needs from its process. */
export type CliHost = {
  openConsole(options: {
    readonly dataFolder: string | null;
    readonly extraTarget: Target | null;
  }): Promise<OpenedConsole>;
  /** Programs of other hosts that share the command. */
  readonly programs: ReadonlyMap<string, Program>;
};

export type Program = {
  readonly usage: readonly string[];
  /** Their arguments in, their exit status out. */
  readonly run: (args: readonly string[]) => Promise<number>;
};
