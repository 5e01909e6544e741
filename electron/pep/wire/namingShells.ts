import { enumerateShells } from "../../protocol/wsman/requests.ts";
import type { ShellFacts } from "../../protocol/wsman/shellFacts.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { exchange, WsmanFaultError } from "./exchange.ts";
import { saysTooManyShells } from "./faultErrors.ts";
import type { Lines } from "./lines.ts";

const mostNamed = 5;

/**
 * A Create that met the limit of open conversations: the same error, telling which ones of the account are open, so that
 * somebody can close them. Any other error, and one for which the endpoint gives no list, is given back as it is.
 */
export async function namingShells(
  error: unknown,
  asking: { readonly lines: Lines; readonly context: WsmanContext; readonly signal: AbortSignal },
): Promise<unknown> {
  if (!(error instanceof WsmanFaultError) || !saysTooManyShells(error.fault)) return error;
  try {
    const answer = await exchange(asking.lines, "main", enumerateShells(asking.context), asking.signal);
    if (answer.type !== "listed" || answer.shells.length === 0) return error;
    return new WsmanFaultError(error.fault, wordsFor(answer.shells));
  } catch {
    return error;
  }
}

function wordsFor(shells: readonly ShellFacts[]): string {
  const named = shells.slice(0, mostNamed).map(oneOf);
  const more = shells.length > mostNamed ? `; and ${shells.length - mostNamed} more` : "";
  return `Open there for this account: ${named.join("; ")}${more}.`;
}

/** The last part of the resource is the configuration's name. */
function oneOf({ resourceUri, clientIp, state, inactivityMs }: ShellFacts): string {
  const name = resourceUri.split("/").at(-1)?.slice(0, 60) || "a shell";
  const from = clientIp === "" ? "" : ` from ${clientIp.slice(0, 45)}`;
  const idle = inactivityMs === null ? "" : `, idle for ${Math.round(inactivityMs / 60_000)} min`;
  return `${name}${from}${idle} (${(state || "state not told").slice(0, 20)})`;
}
