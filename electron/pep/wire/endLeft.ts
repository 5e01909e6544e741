import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { deleteShell } from "../../protocol/wsman/requests.ts";
import type { RunspaceJournal } from "../../services/ports.ts";
import { WsmanFaultError } from "./exchange.ts";
import { saysDeleted } from "./faultErrors.ts";
import type { Lines } from "./lines.ts";
import { listShells } from "./listing.ts";
import { exchangeTwice } from "./repeats.ts";

type Ending = {
  readonly lines: Lines;
  readonly context: WsmanContext;
  readonly journal: RunspaceJournal;
  readonly account: string;
};

/**
 * Ends what consoles before us left at this endpoint, so that it does not count against the account. Only shells of
 * the list are touched. What cannot be ended now stays in the list; the only failure is the reason of an abort.
 */
export async function endLeft(ending: Ending, signal: AbortSignal): Promise<void> {
  const { lines, context, journal, account } = ending;
  const left = journal.takeLeft(context.to, account);
  if (left.length === 0) return;
  const there = await listShells({ lines, context, signal }).catch(() => null);
  for (const shellId of left) {
    const isGone = there !== null && !there.has(shellId.toUpperCase());
    if (isGone || (await isDeleted(ending, shellId, signal))) journal.ended(shellId);
    else journal.left(shellId);
  }
  signal.throwIfAborted();
}

async function isDeleted({ lines, context }: Ending, shellId: string, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await exchangeTwice(lines, "main", () => deleteShell(context, { shellId }), signal);
    return true;
  } catch (error) {
    return error instanceof WsmanFaultError && saysDeleted(error.fault);
  }
}
