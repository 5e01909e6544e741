import type { Level } from "#contract";

/** The cmdlet line of a grant. */
export const enableLine = (level: Level, minutes: number): string =>
  `Enable-RemoteSupport -AccessLevel ${level} -ExpireInMinutes ${minutes}`;

/** The cmdlet line of a revoke. */
export const disableLine = "Disable-RemoteSupport";

/** The same grant from a shell. */
export function cliLine(targetName: string, level: Level, minutes: number): string {
  const name = /^[A-Za-z0-9._-]+$/.test(targetName)
    ? targetName
    : `"${targetName.replaceAll(/["\\$`]/g, "\\$&")}"`;
  return `rsc grant --target ${name} --level ${level} --minutes ${minutes}`;
}
