import { ConsoleError } from "#contract";

/** What it means that the command is not there, and what else may be done. */
const meanings: Readonly<Record<string, string>> = {
  "Enable-RemoteSupport":
    "so no access can be granted there. Remote support needs a stamp at 2102 with hotfix 1.2102.30.132 or later: update it, or choose another endpoint.",
  "Disable-RemoteSupport":
    "so it cannot shut the door, and asking it again is of no use. Revoke at another endpoint of this target, block the outbound addresses of remote support at the firewall, and ask the endpoint's administrators why its role lacks the command.",
  "Get-RemoteSupportAccess":
    "so what is granted cannot be read there, and nothing can be proved by it. Read it at another endpoint, and ask the endpoint's administrators why its role lacks the command.",
  "Get-RemoteSupportSessionHistory":
    "so who is inside cannot be read there, and nothing can be proved by it. Read it at another endpoint, and ask the endpoint's administrators why its role lacks the command.",
};

const anyOther =
  "so what it is for cannot be done there. Ask the endpoint's administrators why its role lacks the command.";

/** The endpoint has no such command, which no waiting changes. */
export function commandMissing(command: string, place: string): ConsoleError {
  const meaning = meanings[command] ?? anyOther;
  return new ConsoleError("commandMissing", `${place} has no command ${command}, ${meaning}`);
}
