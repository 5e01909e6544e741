import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { WsmanFault } from "../../protocol/wsman/wsmanFault.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import type { LineName, Lines } from "./lines.ts";

/** A SOAP fault in answer to a request. */
export class WsmanFaultError extends Error {
  override readonly name = "WsmanFaultError";
  readonly fault: WsmanFault;
  /** What we found out about it besides, in a sentence. */
  readonly found: string | null;

  constructor(fault: WsmanFault, found: string | null = null) {
    super(`WS-Management fault ${fault.code ?? fault.subcode}`);
    this.fault = fault;
    this.found = found;
  }

  get timedOut(): boolean {
    return (
      this.fault.code === faultCodes.timedOut ||
      (this.fault.code === null && this.fault.subcode === "TimedOut")
    );
  }
}

/** The connections of a pool, or one of them, as a request needs them. */
export type Carrier = Pick<Lines, "get" | "used" | "failed">;

/** Server's time to answer plus this: the wait for the first byte (milliseconds). */
const grace = 10_000;

/** How much of a message goes into one request; base64 makes 88 KiB of it, below the smallest envelope of a server. */
export const mostCarried = 65_536;

/** What a request may take on the server's side (milliseconds), by kind. */
export const operationTimeouts = { receive: 60_000, usual: 60_000 } as const;

export type ExchangeOptions = {
  /** What the request may take on the server's side (milliseconds). */
  readonly timeoutMs?: number;
  /** Told when the request has left us. */
  readonly onSent?: () => void;
};

/**
 * One request, one answer. Fails with TransportError, with WsmanError for an answer that is none of ours (the
 * connection is closed then), and with WsmanFaultError.
 */
export async function exchange(
  lines: Carrier,
  name: LineName,
  request: WsmanRequest,
  signal: AbortSignal,
  { timeoutMs = operationTimeouts.usual, onSent }: ExchangeOptions = {},
): Promise<Exclude<WsmanResponse, { readonly type: "fault" }>> {
  const connection = await lines.get(name, signal);
  const asked = connection.exchange(request.envelope, {
    firstByteMs: timeoutMs + grace,
    signal,
    ...(onSent === undefined ? {} : { onSent }),
  });
  const reply = await asked.catch((error: unknown) => {
    lines.failed(error);
    throw error;
  });
  lines.used(connection, reply.dateMs ?? null);
  let response: WsmanResponse;
  try {
    response = readResponse(reply.envelope, request);
  } catch (cause) {
    connection.close();
    throw cause;
  }
  if (response.type === "fault") throw new WsmanFaultError(response.fault);
  return response;
}
