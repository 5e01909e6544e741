import { getShell, reconnectShell } from "../../protocol/wsman/requests.ts";
import type { ClientShell } from "./clientShell.ts";
import { WsmanFaultError } from "./exchange.ts";
import { saysGone } from "./faultErrors.ts";
import { joinRunspace } from "./joinRunspace.ts";
import { exchangeTwice } from "./repeats.ts";

/** Asks the endpoint for the shell, and comes back to it where it is disconnected. Fails as `exchange`. */
export async function reconnectIfDisconnected(shell: ClientShell, signal: AbortSignal): Promise<void> {
  const { lines, context } = shell;
  const parts = { shellId: shell.shellId };
  const answer = await exchangeTwice(lines, "main", () => getShell(context, parts), signal);
  if (answer.type !== "shell" || answer.shell.state.toLowerCase() !== "disconnected") return;
  try {
    await exchangeTwice(lines, "main", () => reconnectShell(context, parts), signal);
  } catch (error) {
    // It is not ours to reconnect any more; a new client may still join it, unless a command of ours is in it.
    if (shell.running !== null || !(error instanceof WsmanFaultError) || saysGone(error.fault)) throw error;
    await joinRunspace(shell, signal);
  }
}
