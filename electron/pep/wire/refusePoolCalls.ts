import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import type { ClientShell } from "./clientShell.ts";
import type { Carrier } from "./exchange.ts";
import { readDemand } from "./hostAnswers.ts";
import { notOffered } from "./notOffered.ts";
import { sendToPool } from "./sendToPool.ts";
import { UnexpectedQuestion } from "./unexpectedQuestion.ts";

/**
 * Answers what the pool itself asks, as a configuration's own script may while a runspace opens: silence would hang it
 * ([MS-PSRP] 2.2.2.15). Beside a command in which something may be granted it is not refused: that is stopped, since an
 * error in the place of an answer can grant (protocol 6.10). Goes out by `lines`. Fails as `exchangeOnce`.
 */
export async function refusePoolCalls(
  shell: ClientShell,
  events: readonly ClientEvent[],
  signal: AbortSignal,
  lines: Carrier = shell.lines,
): Promise<void> {
  // One that ended in the same answer waits for nothing.
  if (shell.psrp.state !== "opening" && shell.psrp.state !== "opened") return;
  for (const event of events) {
    if (event.type !== "hostCall" || event.pipeline !== null || !event.call.wantsAnswer) continue;
    const { callId, method } = event.call;
    const demand = readDemand(event.call);
    const isFact = demand.kind === "fact";
    if (!isFact && shell.running?.mayGrant === true) {
      shell.running.stop(new UnexpectedQuestion());
      continue;
    }
    shell.psrp.answerHostCall(null, {
      callId,
      method,
      result: isFact ? demand.result : null,
      error: isFact ? null : notOffered(),
    });
  }
  await sendToPool(shell, signal, lines);
}
