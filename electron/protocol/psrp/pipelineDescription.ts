import type { ClixmlValue } from "../clixml/value.ts";
import type { HostInfo } from "./hostInfo.ts";

/** `name` without a dash as a client of ours sends it; others send tokens such as `-Level ` or `-Force:`. Null: positional. */
export type PipelineArgument = { readonly name: string | null; readonly value: ClixmlValue };

/** PipelineResultTypes numbers ([MS-PSRP] 2.2.3.31): 0 None, 1 Output, 2 Error, ... 8 Null. */
export type PipelineMerges = {
  readonly myResult: number;
  readonly toResult: number;
  readonly previousResults: number;
  readonly error: number;
  readonly warning: number;
  readonly verbose: number;
  readonly debug: number;
  readonly information: number;
};

/** One command of a pipe ([MS-PSRP] 2.2.3.12). */
export type PipelineCommand = {
  /** The command's name, or script text where `isScript` is true. */
  readonly text: string;
  readonly isScript: boolean;
  readonly useLocalScope: boolean | null;
  readonly arguments: readonly PipelineArgument[];
  readonly merges: PipelineMerges;
};

/** What CREATE_PIPELINE says ([MS-PSRP] 2.2.2.10, 2.2.3.11). */
export type PipelineDescription = {
  /** Each statement is the piped commands of one; several run one after the other. */
  readonly statements: readonly (readonly PipelineCommand[])[];
  readonly noInput: boolean;
  readonly addToHistory: boolean;
  readonly history: string | null;
  readonly isNested: boolean;
  readonly redirectErrors: boolean;
  /** Flags 1 error, 2 warning, 4 debug, 8 verbose ([MS-PSRP] 2.2.3.8). */
  readonly remoteStreamOptions: number;
  readonly host: HostInfo;
};

export const noMerges: PipelineMerges = {
  myResult: 0,
  toResult: 0,
  previousResults: 0,
  error: 0,
  warning: 0,
  verbose: 0,
  debug: 0,
  information: 0,
};
