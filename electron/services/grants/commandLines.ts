import type { GrantRequest, Level, Target, TargetCommands } from "#contract";
import { powershellWord, shellOption } from "./shellWords.ts";
import { targetOptions } from "./targetOptions.ts";

/** The cmdlet line of a grant. */
export const enableLine = (level: Level, minutes: number): string =>
  `Enable-RemoteSupport -AccessLevel ${level} -ExpireInMinutes ${minutes}`;

/** The cmdlet line of a revoke. */
export const disableLine = "Disable-RemoteSupport";

/** Where a line of a shell does what is shown: on which of all targets, and in which data folder where not the usual. */
export type ShellPlace = {
  readonly target: Target;
  readonly all: readonly Target[];
  readonly data: string | null;
};

/** What was chosen and typed of a grant so far; what is empty stays out of its line. */
export type GrantWords = Omit<GrantRequest, "targetId" | "agreedTermsSha256">;

/** The same grant from a shell, to be pasted there as it is. */
export function cliLine(
  place: ShellPlace,
  { level, minutes, reason, caseNumber, operator }: GrantWords,
): string {
  return rscLine("grant", place, {
    level,
    minutes: String(minutes),
    reason,
    case: caseNumber,
    operator,
  });
}

/** The lines of everything else, as they would be sent now. A transcript's session may have begun a day before its end. */
export function targetCommands(place: ShellPlace, sessionId: string | null, now: Date): TargetCommands {
  const history = (days: number): string =>
    `Get-RemoteSupportSessionHistory -FromDate ${new Date(now.getTime() - days * 86_400_000).toISOString()}`;
  return {
    revoke: { cmdlet: disableLine, cli: rscLine("revoke", place) },
    grants: { cmdlet: "Get-RemoteSupportAccess -IncludeExpired", cli: rscLine("grants", place) },
    sessions: { cmdlet: history(90), cli: rscLine("sessions", place) },
    transcript:
      sessionId === null
        ? null
        : {
            cmdlet: `${history(91)} -SessionId ${powershellWord(sessionId)} -IncludeSessionTranscript`,
            cli: rscLine("transcript", place, { session: sessionId }),
          },
  };
}

function rscLine(
  verb: string,
  { target, all, data }: ShellPlace,
  fields: Readonly<Record<string, string>> = {},
): string {
  const options = Object.entries({ ...fields, data: data ?? "" })
    .filter(([, text]) => text !== "")
    .map(([name, text]) => shellOption(name, text));
  return ["rsc", verb, ...targetOptions(target, all), ...options].join(" ");
}
