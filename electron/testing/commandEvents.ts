import type { Doing } from "#contract";
import type { CommandEvents, Runspace } from "../services/ports.ts";

const silent = (): void => undefined;

/** Nobody listens. */
export const quietEvents: CommandEvents = { onSent: silent, onSaid: silent, onProgress: silent };

/** Keeps what is told. */
export function keptEvents(): {
  readonly sent: string[];
  readonly said: string[];
  readonly doing: (Doing | null)[];
  readonly events: CommandEvents;
} {
  const [sent, said, doing]: [string[], string[], (Doing | null)[]] = [[], [], []];
  const events: CommandEvents = {
    onSent: (line) => sent.push(line),
    onSaid: (line) => said.push(line),
    onProgress: (now) => doing.push(now),
  };
  return { sent, said, doing, events };
}

/** Revokes, and gives the lines that came. */
export async function revoke(
  runspace: Pick<Runspace, "disable">,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly string[]> {
  const { said, events } = keptEvents();
  await runspace.disable(events, signal);
  return said;
}
