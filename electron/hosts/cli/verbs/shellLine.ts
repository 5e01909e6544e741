import type { OpenShell } from "#contract";

const origins = {
  thisConsole: "of a console that runs",
  leftByConsole: "LEFT by a console",
  otherClient: "of another client",
} as const;

/** One shell in one line; what its endpoint does not tell is said so. */
export function shellLine(shell: OpenShell): string {
  const { endpoint, shellId, configuration, owner, clientIp, state, origin } = shell;
  const times = `age ${lengthWords(shell.ageSeconds)}, idle ${lengthWords(shell.idleSeconds)}`;
  const who = `${owner ?? "owner not told"} from ${clientIp ?? "an address not told"}`;
  return `${endpoint}  ${shellId}  ${configuration ?? "?"}  ${who}  ${times}  ${state ?? "state not told"}  ${origins[origin]}`;
}

function lengthWords(seconds: number | null): string {
  if (seconds === null) return "not told";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
