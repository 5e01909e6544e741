import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { enumerateCommands, enumerateShells, pullMore } from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { Lines } from "./lines.ts";
import { exchangeTwice } from "./repeats.ts";

/** No account has more shells than fit into that many answers. */
const mostParts = 20;

type Asking = { readonly lines: Lines; readonly context: WsmanContext; readonly signal: AbortSignal };

/** Ids of the account's shells at the endpoint, of all configurations, in upper case. Fails as `exchange`. */
export async function listShells(asking: Asking): Promise<ReadonlySet<string>> {
  return await list(asking, "shells", () => enumerateShells(asking.context));
}

/** Ids of the commands of a shell that were not yet read to their end, in upper case. Fails as `exchange`. */
export async function listCommands(asking: Asking, shellId: string): Promise<ReadonlySet<string>> {
  return await list(asking, "commands", () => enumerateCommands(asking.context, { shellId }));
}

async function list(
  { lines, context, signal }: Asking,
  of: "shells" | "commands",
  first: () => WsmanRequest,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let request = first;
  for (let part = 0; part < mostParts; part++) {
    const answer = await exchangeTwice(lines, "main", request, signal);
    if (answer.type !== "listed") break;
    for (const { shellId } of answer.shells) ids.add(shellId.toUpperCase());
    for (const { commandId } of answer.commands) ids.add(commandId.toUpperCase());
    const { more } = answer;
    if (more === null) break;
    request = () => pullMore(context, { of, enumerationContext: more });
  }
  return ids;
}
