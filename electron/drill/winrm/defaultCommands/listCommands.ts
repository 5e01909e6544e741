import type { StampCommand } from "../../stampCommand.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** One name of the session: a command's own, or an alias of it. */
export type ListedCommand = {
  readonly name: string;
  readonly isAlias: boolean;
  readonly command: StampCommand;
};

/** CommandTypes numbers ([MS-PSRP] 2.2.3.19). */
export const commandTypes = { Alias: 1, Function: 2, Cmdlet: 8, All: 511 } as const;

export function commandTypeOf({ isAlias, command }: ListedCommand): number {
  return isAlias ? commandTypes.Alias : commandTypes[command.kind];
}

/**
 * What fits the names, in their order. Where one of them is a pattern, and where there are none, all is sorted as
 * PowerShell has it: aliases, functions, cmdlets, by alphabet ([R7] conformance 17). `types` are CommandTypes flags.
 */
export function listCommands(
  commands: readonly StampCommand[],
  names: readonly string[],
  types: number,
): readonly ListedCommand[] {
  const all = commands
    .flatMap((command) => [
      ...(command.aliases ?? []).map((name): ListedCommand => ({ name, isAlias: true, command })),
      { name: command.name, isAlias: false, command },
    ])
    .filter((listed) => (commandTypeOf(listed) & types) !== 0)
    .sort(
      (one, other) => commandTypeOf(one) - commandTypeOf(other) || one.name.localeCompare(other.name, "en"),
    );
  const patterns = (names.length === 0 ? ["*"] : names).map(wildcard);
  if (names.length === 0 || names.some(hasWildcard))
    return all.filter((listed) => patterns.some((fits) => fits(listed.name)));
  return [...new Set(patterns.flatMap((fits) => all.filter((listed) => fits(listed.name))))];
}

/** Names without wildcards that nothing fits. */
export function namesNotFound(names: readonly string[], found: readonly ListedCommand[]): readonly string[] {
  return names.filter((name) => !hasWildcard(name) && !found.some((listed) => wildcard(name)(listed.name)));
}
