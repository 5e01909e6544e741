import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { enumerateCommands, enumerateShells, pullMore } from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import type { ShellFacts } from "../../protocol/wsman/shellFacts.ts";
import type { Lines } from "./lines.ts";
import { exchangeTwice } from "./repeats.ts";

/** No account has more shells than fit into that many answers. */
const mostParts = 20;

type Listed = WsmanResponse & { readonly type: "listed" };
type Asking = { readonly lines: Lines; readonly context: WsmanContext; readonly signal: AbortSignal };

/** Ids of the account's shells at the endpoint, of all configurations, in upper case. Fails as `exchange`. */
export async function listShells(asking: Asking): Promise<ReadonlySet<string>> {
  return new Set((await describeShells(asking)).map(({ shellId }) => shellId.toUpperCase()));
}

/** What the endpoint tells of each of them. Fails as `exchange`. */
export async function describeShells(asking: Asking): Promise<readonly ShellFacts[]> {
  const parts = await list(asking, "shells", () => enumerateShells(asking.context));
  return parts.flatMap(({ shells }) => shells);
}

/** Ids of the commands of a shell that were not yet read to their end, in upper case. Fails as `exchange`. */
export async function listCommands(asking: Asking, shellId: string): Promise<ReadonlySet<string>> {
  const parts = await list(asking, "commands", () => enumerateCommands(asking.context, { shellId }));
  return new Set(parts.flatMap(({ commands }) => commands.map(({ commandId }) => commandId.toUpperCase())));
}

async function list(
  { lines, context, signal }: Asking,
  of: "shells" | "commands",
  first: () => WsmanRequest,
): Promise<readonly Listed[]> {
  const parts: Listed[] = [];
  let request = first;
  while (parts.length < mostParts) {
    const answer = await exchangeTwice(lines, "main", request, signal);
    if (answer.type !== "listed") break;
    parts.push(answer);
    const { more } = answer;
    if (more === null) break;
    request = () => pullMore(context, { of, enumerationContext: more });
  }
  return parts;
}
