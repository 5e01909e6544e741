import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { createShell } from "../../protocol/wsman/requests.ts";
import { exchange, WsmanFaultError } from "./exchange.ts";
import { saysExists } from "./faultErrors.ts";
import type { Lines } from "./lines.ts";
import { isCut } from "./repeats.ts";

/**
 * Creates a shell of that id and gives the id it has. A Create whose answer is lost is sent again with the same id: a
 * shell that exists by then is the one that the answer spoke of. `onMaybe` is told that it may exist.
 */
export async function createOnce(
  shell: { readonly lines: Lines; readonly context: WsmanContext; readonly shellId: string },
  creationXml: Uint8Array,
  onMaybe: () => void,
  signal: AbortSignal,
): Promise<string> {
  const { lines, context, shellId } = shell;
  const create = async (): Promise<string> => {
    const answer = await exchange(lines, "main", createShell(context, { shellId, creationXml }), signal);
    return answer.type === "created" ? answer.shellId : shellId;
  };
  try {
    return await create();
  } catch (error) {
    if (signal.aborted || !isCut(error)) throw error;
    onMaybe();
    return await create().catch((again: unknown) => {
      if (again instanceof WsmanFaultError && saysExists(again.fault)) return shellId;
      throw again;
    });
  }
}
