import type { WsmanContext } from "../../protocol/wsman/context.ts";
import type { RunspaceJournal } from "../../services/ports.ts";
import { isShellDeleted } from "./deleteShell.ts";
import type { Lines } from "./lines.ts";
import { listShells } from "./listing.ts";

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
    if (isGone || (await isShellDeleted({ lines, context, shellId }, "main", signal))) journal.ended(shellId);
    else journal.left(shellId);
  }
  signal.throwIfAborted();
}
