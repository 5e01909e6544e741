import { minorOf } from "../../protocol/psrp/capability.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import type { ClientShell } from "./clientShell.ts";
import { PoolLost } from "./poolLost.ts";
import { receive } from "./receive.ts";
import type { ReceivedAnswer } from "./receivedAnswer.ts";
import { refusePoolCalls } from "./refusePoolCalls.ts";
import { isSpoiled } from "./repeats.ts";

/** Receives for the pool until its runspace is open. */
export async function receiveUntilOpen(shell: ClientShell, signal: AbortSignal): Promise<void> {
  while (shell.psrp.state === "opening") {
    const { events } = await receiveOpening(shell, signal);
    hearOpening(shell, events);
    await refusePoolCalls(shell, events, signal);
  }
}

/** What a lost answer held does not come again, and nothing was asked yet: this opening is over. */
async function receiveOpening(shell: ClientShell, signal: AbortSignal): Promise<ReceivedAnswer> {
  try {
    return await receive(shell, null, signal);
  } catch (error) {
    if (signal.aborted || !isSpoiled(error)) throw error;
    throw new PoolLost("An answer was lost while the runspace opened.", "no", error);
  }
}

/** Throws where the runspace was not opened. */
export function hearOpening(shell: ClientShell, events: readonly ClientEvent[]): void {
  for (const event of events) {
    if (event.type === "capability" && minorOf(event.capability) >= 2)
      shell.context = { ...shell.context, maxEnvelopeSize: 512_000 };
    if (event.type === "broken") throw event.error;
    if (event.type === "poolState" && event.state !== "opened")
      throw new PoolLost(`The runspace was not opened: ${event.error?.message ?? "no reason given"}`, "no");
  }
}
