import type { ClixmlValue } from "../clixml/value.ts";
import { askingHost } from "./hostInfo.ts";
import { noMerges } from "./pipelineDescription.ts";
import type { PipelineDescription } from "./pipelineDescription.ts";

/** One command of a pipe, by name. There is no way to say a script: a NoLanguage endpoint refuses every one. */
export type ClientCommand = {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly value: ClixmlValue }[];
};

/**
 * The piped commands as one statement. No redirection, no merges and a host that can be asked, always: otherwise an
 * error at the consent question does not end the function, and it grants (measured on PowerShell 7.6).
 */
export function describeCommands(commands: readonly ClientCommand[], input: boolean): PipelineDescription {
  return {
    statements: [
      commands.map((command) => ({
        text: command.name,
        isScript: false,
        useLocalScope: null,
        arguments: command.parameters,
        merges: noMerges,
      })),
    ],
    noInput: !input,
    addToHistory: false,
    history: null,
    isNested: false,
    redirectErrors: false,
    remoteStreamOptions: 0,
    host: askingHost,
  };
}
