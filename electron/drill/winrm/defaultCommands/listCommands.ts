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
 * What fits the names, in their order, and each name's finds as PowerShell has them: aliases, functions, cmdlets, by
 * alphabet. No names: everything. `types` are CommandTypes flags.
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
  const found = (names.length === 0 ? ["*"] : names).flatMap((name) => {
    const fits = wildcard(name);
    return all.filter((listed) => fits(listed.name));
  });
  return [...new Set(found)];
}

/** Names without wildcards that nothing fits. */
export function namesNotFound(names: readonly string[], found: readonly ListedCommand[]): readonly string[] {
  return names.filter((name) => !hasWildcard(name) && !found.some((listed) => wildcard(name)(listed.name)));
}
