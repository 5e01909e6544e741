import type { Level, TargetCommands } from "#contract";

/** The cmdlet line of a grant. */
export const enableLine = (level: Level, minutes: number): string =>
  `Enable-RemoteSupport -AccessLevel ${level} -ExpireInMinutes ${minutes}`;

/** The cmdlet line of a revoke. */
export const disableLine = "Disable-RemoteSupport";

/** The same grant from a shell. */
export function cliLine(targetName: string, level: Level, minutes: number): string {
  return `rsc grant --target ${quoted(targetName)} --level ${level} --minutes ${minutes}`;
}

/** The lines of everything else, as they would be sent now. A transcript's session may have begun a day before its end. */
export function targetCommands(targetName: string, sessionId: string | null, now: Date): TargetCommands {
  const target = quoted(targetName);
  const history = (days: number): string =>
    `Get-RemoteSupportSessionHistory -FromDate ${new Date(now.getTime() - days * 86_400_000).toISOString()}`;
  return {
    revoke: { cmdlet: disableLine, cli: `rsc revoke --target ${target}` },
    grants: { cmdlet: "Get-RemoteSupportAccess -IncludeExpired", cli: `rsc grants --target ${target}` },
    sessions: { cmdlet: history(90), cli: `rsc sessions --target ${target}` },
    transcript:
      sessionId === null
        ? null
        : {
            cmdlet: `${history(91)} -SessionId ${quoted(sessionId)} -IncludeSessionTranscript`,
            cli: `rsc transcript --target ${target} --session ${quoted(sessionId)}`,
          },
  };
}

function quoted(text: string): string {
  return /^[A-Za-z0-9._-]+$/.test(text) ? text : `"${text.replaceAll(/["\\$`]/g, "\\$&")}"`;
}
