import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";

type Received = Extract<WsmanResponse, { readonly type: "received" }>;

/**
 * Throws WsmanError foreignAnswer unless all of it is for the command (or, null, for the pool) that was asked for: in
 * every recorded answer it is. An id that is left out is the one that was asked for.
 */
export function demandOwn(answer: Received, commandId: string | null): void {
  const isForeign = (id: string | null): boolean =>
    id !== null && id.toUpperCase() !== (commandId ?? "").toUpperCase();
  const { streams, commandState } = answer;
  if (streams.some((stream) => isForeign(stream.commandId)) || isForeign(commandState?.commandId ?? null))
    throw new WsmanError("foreignAnswer", "An answer holds output of another command");
}
