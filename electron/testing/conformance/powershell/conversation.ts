import { hexOf, idOf } from "../../../protocol/psrp/ids.ts";
import { ConformanceFailure } from "../outcome.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";

/** A message as the recorder listed it, with the line that completed it. */
export type Listed = PlainMessage & {
  readonly from: "client" | "server";
  readonly line: number;
  /** Null where the recorder did not note it. */
  readonly objectId: bigint | null;
};
export type Line = { readonly from: "client" | "server"; readonly line: string };

export type Conversation = {
  readonly lines: readonly Line[];
  /** Null for what the recorder could not read itself. */
  readonly listed: readonly (Listed | null)[];
  /** False when nobody listed the messages: a second reading of the lines stands in their place. */
  readonly isListed: boolean;
  /** AES key of the session in hexadecimal, where keys were exchanged. */
  readonly sessionKey: string | null;
  readonly clientPrivateKey: string | null;
};

/** A conversation is what has lines; all else in it may be missing. */
export function isConversation(data: unknown): data is Readonly<Record<string, unknown>> {
  return isRecord(data) && Array.isArray(data["lines"]);
}

/** Throws where the data is damaged. */
export function readConversation(data: Readonly<Record<string, unknown>>): Conversation {
  const text = (name: string): string | null => (typeof data[name] === "string" ? data[name] : null);
  const lines = (data["lines"] as readonly unknown[]).map(readLine);
  if (lines.length === 0) throw new ConformanceFailure("lines", "there are none");
  const listed: unknown = data["decoded"];
  if (listed !== undefined && !Array.isArray(listed)) throw new ConformanceFailure("decoded", "not a list");
  return {
    lines,
    listed: (listed ?? []).map(readListed),
    isListed: listed !== undefined,
    sessionKey: text("sessionKey"),
    clientPrivateKey: text("clientPrivateKeyPkcs8"),
  };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readLine(line: unknown, index: number): Line {
  const from = isRecord(line) ? line["from"] : null;
  if (!isRecord(line) || typeof line["line"] !== "string" || (from !== "client" && from !== "server"))
    throw new ConformanceFailure(`line ${index}`, "not a line of the client or of the server");
  return { from, line: line["line"] };
}

/** Entries such as `(malformed)` have no message behind them. */
function readListed(message: unknown, index: number): Listed | null {
  if (!isRecord(message)) throw new ConformanceFailure(`decoded ${index}`, "not a message");
  const { from, line, typeId, destination, objectId, clixml } = message;
  if (typeof typeId !== "string" && typeof typeId !== "number") return null;
  if (typeof message["runspacePoolId"] !== "string" || message["runspacePoolId"] === "") return null;
  if ((from !== "client" && from !== "server") || typeof line !== "number")
    throw new ConformanceFailure(`decoded ${index}`, "it has no side or no line");
  return {
    from,
    line,
    type: Number(typeId),
    destination: typeof destination === "number" ? destination : from === "client" ? 2 : 1,
    poolId: idIn(message["runspacePoolId"], index),
    pipelineId: idIn(message["pipelineId"] ?? noGuid, index),
    objectId: typeof objectId === "number" || typeof objectId === "string" ? BigInt(objectId) : null,
    text: typeof clixml === "string" ? clixml : "",
  };
}

const noGuid = "00000000-0000-0000-0000-000000000000";

function idIn(guid: unknown, index: number): string {
  try {
    return hexOf(idOf(String(guid).replaceAll(/[{}]/g, "")));
  } catch {
    throw new ConformanceFailure(`decoded ${index}`, "it has no GUID where one belongs");
  }
}
