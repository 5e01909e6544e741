import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { createShell } from "../../protocol/wsman/requests.ts";
import { exchange, WsmanFaultError } from "./exchange.ts";
import { saysExists } from "./faultErrors.ts";
import type { Lines } from "./lines.ts";
import { isCut } from "./repeats.ts";

/** A shell that is there; what it says of its culture, or null. */
export type Created = { readonly shellId: string; readonly culture: string | null };

/**
 * Creates a shell of that id and gives the id it has. A Create whose answer is lost is sent again with the same id: a
 * shell that exists by then is the one that the answer spoke of. `onMaybe` is told that it may exist.
 */
export async function createOnce(
  shell: { readonly lines: Lines; readonly context: WsmanContext; readonly shellId: string },
  creationXml: Uint8Array,
  onMaybe: () => void,
  signal: AbortSignal,
): Promise<Created> {
  const { lines, context, shellId } = shell;
  const create = async (): Promise<Created> => {
    const answer = await exchange(lines, "main", createShell(context, { shellId, creationXml }), signal);
    if (answer.type !== "created") return { shellId, culture: null };
    const cultures = new Set([answer.shell?.locale, answer.shell?.dataLocale].filter(Boolean));
    return { shellId: answer.shellId, culture: cultures.size === 0 ? null : [...cultures].join(" and ") };
  };
  try {
    return await create();
  } catch (error) {
    if (signal.aborted || !isCut(error)) throw error;
    onMaybe();
    return await create().catch((again: unknown) => {
      if (again instanceof WsmanFaultError && saysExists(again.fault)) return { shellId, culture: null };
      throw again;
    });
  }
}
