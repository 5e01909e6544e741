import { hexOf, idOf } from "../../../protocol/psrp/ids.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";

/** A message as the recorder listed it, with the line that completed it. */
export type Listed = PlainMessage & { readonly from: "client" | "server"; readonly line: number };
export type Line = { readonly from: "client" | "server"; readonly line: string };

export type Conversation = {
  readonly lines: readonly Line[];
  /** Null for what the recorder could not read itself. */
  readonly listed: readonly (Listed | null)[];
  /** AES key of the session in hexadecimal, where keys were exchanged. */
  readonly sessionKey: string | null;
  readonly clientPrivateKey: string | null;
};

type RecordedMessage = {
  readonly from: Listed["from"];
  readonly line: number;
  readonly typeId: string;
  readonly destination: number;
  readonly runspacePoolId: string;
  readonly pipelineId: string;
  readonly clixml: string;
};

/** Null when the data is no conversation. */
export function asConversation(data: unknown): Conversation | null {
  if (!isRecord(data) || !Array.isArray(data["lines"])) return null;
  const text = (name: string): string | null => (typeof data[name] === "string" ? data[name] : null);
  return {
    lines: data["lines"] as readonly Line[],
    listed: ((data["decoded"] ?? []) as readonly RecordedMessage[]).map(readListed),
    sessionKey: text("sessionKey"),
    clientPrivateKey: text("clientPrivateKeyPkcs8"),
  };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Entries such as `(malformed)` have no message behind them. */
function readListed(message: RecordedMessage): Listed | null {
  if (typeof message.typeId !== "string" || typeof message.runspacePoolId !== "string") return null;
  return {
    from: message.from,
    line: message.line,
    type: Number(message.typeId),
    destination: message.destination,
    poolId: hexOf(idOf(message.runspacePoolId)),
    pipelineId: hexOf(idOf(message.pipelineId)),
    text: message.clixml,
  };
}
