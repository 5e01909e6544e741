import type { ClixmlValue } from "../protocol/clixml/value.ts";

/** The .NET type a parameter is bound to; binding converts the way PowerShell does (`"60"` to Int32, `60.5` to 60). */
export type ParameterType =
  | "String"
  | "Int32"
  | "Switch"
  | "DateTime"
  | "Object"
  | "StringArray"
  | "PSCredential";

export type ParameterDeclaration = {
  readonly name: string;
  readonly type: ParameterType;
  readonly aliases?: readonly string[];
  readonly mandatory?: boolean;
  readonly position?: number;
  readonly fromPipeline?: boolean;
  /** ValidateSet: compared without case, each item of a list. */
  readonly oneOf?: readonly string[];
  /** ValidatePattern: what it matches, and how it is written in .NET. */
  readonly pattern?: { readonly matches: RegExp; readonly text: string };
  /** ValidateRange, inclusive. */
  readonly range?: readonly [number, number];
};

/** What a running command may say beside its output, and ask. */
export type CommandVoice = {
  /** Write-Host / Write-Information: one line of text. */
  information(line: string): void;
  warning(line: string): void;
  verbose(line: string): void;
  progress(activity: string, status: string, percent: number): void;
  /** Write-Error: an error that does not end the command. */
  error(error: CommandError): void;
  /**
   * Host.UI.PromptForChoice (host call 26): resolves with the index that the client answered, whatever it is.
   * Rejects with a CommandError (HostFunctionNotImplemented) when the client declared no user interface or answered
   * with an error; aborted when the pipeline is stopped.
   */
  choose(
    caption: string,
    message: string,
    choices: readonly { readonly label: string; readonly help: string }[],
    defaultChoice: number,
  ): Promise<number>;
  /** True when errors do not end the function: RedirectShellErrorOutputPipe, or errors merged into output (protocol 6.10). */
  readonly errorsAreRedirected: boolean;
};

/** One running command in a pipeline. `parameters` holds bound values under their declared names. */
export type Invocation = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, BoundValue>;
  readonly input: readonly ClixmlValue[];
  readonly voice: CommandVoice;
  /** DOMAIN\user of the client. */
  readonly account: string;
  /** Which of the stamp's endpoints is asked, such as `AZS-ERCS01`. */
  readonly endpoint: string;
  readonly culture: string;
  readonly signal: AbortSignal;
};

export type BoundValue = Date | ClixmlValue | readonly string[];

/** A command of the endpoint. Terminating errors are thrown as CommandError. */
export type StampCommand = {
  readonly name: string;
  readonly kind: "Function" | "Cmdlet";
  readonly module: string;
  /** Other names that the session has for it, such as `gcm`. */
  readonly aliases?: readonly string[];
  readonly parameters: readonly ParameterDeclaration[];
  run(invocation: Invocation): AsyncIterable<ClixmlValue>;
  /** In place of `run`: takes each object when it comes down the pipe, not all at its end (Out-Default). */
  readonly opens?: (invocation: Omit<Invocation, "input">) => CommandReceiver;
};

export type CommandReceiver = {
  take(item: ClixmlValue): void;
  end(): void;
};

/** An error as PowerShell records it; becomes an ErrorRecord on the wire ([MS-PSRP] 2.2.3.15). */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly errorId: string;
  /** ErrorCategory number ([MS-PSRP] 2.2.3.9). */
  readonly category: number;
  readonly exceptionType: string;
  /** True where no command is named behind the id: a text that was thrown, an error that a function went on after. */
  readonly isWholeId: boolean;
  /** What the error is about, such as a name that was not found; null where it is about nothing in particular. */
  readonly target: string | null;
  readonly targetType: string;

  constructor(
    message: string,
    options: {
      readonly errorId: string;
      readonly category: number;
      readonly exceptionType?: string;
      readonly isWholeId?: boolean;
      readonly target?: string;
      /** String where a target stands without it. */
      readonly targetType?: string;
    },
  ) {
    super(message);
    this.errorId = options.errorId;
    this.category = options.category;
    this.exceptionType = options.exceptionType ?? "System.Management.Automation.RuntimeException";
    this.isWholeId = options.isWholeId ?? false;
    this.target = options.target ?? null;
    this.targetType = options.targetType ?? (options.target === undefined ? "" : "String");
  }
}
