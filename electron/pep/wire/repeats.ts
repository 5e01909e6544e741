import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";
import { TransportError } from "../../transport/winrmConnection.ts";
import type { TransportErrorCode } from "../../transport/winrmConnection.ts";
import { exchange } from "./exchange.ts";
import type { Carrier } from "./exchange.ts";
import type { LineName } from "./lines.ts";

/* What may be sent again when its answer is lost, each on a new connection with keys of its own. */

type Answer = Exclude<WsmanResponse, { readonly type: "fault" }>;

/** The request may have arrived, or its answer is damaged. What took too long is not waited for a second time. */
const cut: readonly TransportErrorCode[] = ["staleContext", "closedBeforeAnswer", "cutInAnswer", "badSeal"];
/** Of those, what can say that nothing arrived: a sealing context that the server no longer had, a closed socket. */
const unopened: readonly TransportErrorCode[] = ["staleContext", "closedBeforeAnswer"];

export function isCut(error: unknown): boolean {
  return error instanceof TransportError && cut.includes(error.code);
}

/** What came is cut, damaged or somebody else's: lost at once, where one that is late may still be waited for. */
export function isSpoiled(error: unknown): boolean {
  return isCut(error) || error instanceof WsmanError;
}

/** The answer to a request, whatever became of it, cannot be had any more. */
export function isAnswerLost(error: unknown): boolean {
  return error instanceof TransportError || error instanceof WsmanError;
}

const wasUnopened = (error: unknown): boolean =>
  error instanceof TransportError && unopened.includes(error.code) && error.acted === "no";

/** For what must happen once: sent again, once, where the server threw it away unopened. A refused sign-in is not. */
export async function exchangeOnce(
  lines: Carrier,
  name: LineName,
  request: () => WsmanRequest,
  signal: AbortSignal,
  onSent?: () => void,
): Promise<Answer> {
  return await repeated(wasUnopened, { lines, name, request, signal, onSent });
}

/** For what may happen twice (looking, deleting, signalling): sent again, once, whenever the connection was cut. */
export async function exchangeTwice(
  lines: Carrier,
  name: LineName,
  request: () => WsmanRequest,
  signal: AbortSignal,
): Promise<Answer> {
  return await repeated(isCut, { lines, name, request, signal, onSent: undefined });
}

type Repeatable = {
  readonly lines: Carrier;
  readonly name: LineName;
  readonly request: () => WsmanRequest;
  readonly signal: AbortSignal;
  readonly onSent: (() => void) | undefined;
};

async function repeated(
  may: (error: unknown) => boolean,
  { lines, name, request, signal, onSent }: Repeatable,
): Promise<Answer> {
  const options = onSent === undefined ? {} : { onSent };
  try {
    return await exchange(lines, name, request(), signal, options);
  } catch (error) {
    if (signal.aborted || !may(error)) throw error;
    return await exchange(lines, name, request(), signal, options);
  }
}
