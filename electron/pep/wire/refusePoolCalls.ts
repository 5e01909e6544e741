import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import type { ClientShell } from "./clientShell.ts";
import { readDemand } from "./hostAnswers.ts";
import { notOffered } from "./notOffered.ts";
import { sendToPool } from "./sendToPool.ts";

/**
 * Answers what the pool itself asks, as a configuration's own script may while a runspace opens: no command of ours runs,
 * so nothing can be agreed to by it, and silence would hang it ([MS-PSRP] 2.2.2.15). Fails as `exchangeOnce`.
 */
export async function refusePoolCalls(
  shell: ClientShell,
  events: readonly ClientEvent[],
  signal: AbortSignal,
): Promise<void> {
  for (const event of events) {
    if (event.type !== "hostCall" || event.pipeline !== null || !event.call.wantsAnswer) continue;
    const { callId, method } = event.call;
    const demand = readDemand(event.call);
    const isFact = demand.kind === "fact";
    shell.psrp.answerHostCall(null, {
      callId,
      method,
      result: isFact ? demand.result : null,
      error: isFact ? null : notOffered(),
    });
  }
  await sendToPool(shell, signal);
}
