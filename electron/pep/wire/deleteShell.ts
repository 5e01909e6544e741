import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { deleteShell } from "../../protocol/wsman/requests.ts";
import { WsmanFaultError } from "./exchange.ts";
import { saysDeleted } from "./faultErrors.ts";
import type { LineName, Lines } from "./lines.ts";
import { exchangeTwice } from "./repeats.ts";

/** Deletes a shell; true when it is known to be gone, also where it was before. Never throws. */
export async function isShellDeleted(
  shell: { readonly lines: Lines; readonly context: WsmanContext; readonly shellId: string },
  line: LineName,
  signal: AbortSignal,
): Promise<boolean> {
  const { lines, context, shellId } = shell;
  if (signal.aborted) return false;
  try {
    await exchangeTwice(lines, line, () => deleteShell(context, { shellId }), signal);
    return true;
  } catch (error) {
    return error instanceof WsmanFaultError && saysDeleted(error.fault);
  }
}
