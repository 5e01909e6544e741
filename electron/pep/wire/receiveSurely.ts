import { connectCommand } from "../../protocol/wsman/requests.ts";
import type { Absence } from "./absence.ts";
import type { ClientShell } from "./clientShell.ts";
import { WsmanFaultError } from "./exchange.ts";
import { saysDisconnected, saysGone } from "./faultErrors.ts";
import { receive } from "./receive.ts";
import type { ReceivedAnswer } from "./receivedAnswer.ts";
import { reconnectIfDisconnected } from "./reconnectIfDisconnected.ts";
import { exchangeTwice, isAnswerLost } from "./repeats.ts";
import { untilAborted } from "./untilAborted.ts";

/** Lost answers in a row: the second one ends the conversation. */
const mostLostInARow = 2;

type Receiving = { readonly shell: ClientShell; readonly absence: Absence };

/** `onLost` is told of the first lost answer. */
export type SureOptions = { readonly timeoutMs?: number; readonly onLost?: () => void };

/**
 * Receives over a lost answer and a disconnected shell: what a lost answer held shows as a gap in what comes next, and
 * that is an event "broken". The second failure in a row is passed on.
 */
export async function receiveSurely(
  { shell, absence }: Receiving,
  commandId: string | null,
  signal: AbortSignal,
  { timeoutMs, onLost }: SureOptions = {},
): Promise<ReceivedAnswer> {
  let [lost, rejoined] = [0, 0];
  let first: unknown = null;
  for (;;) {
    const { departures } = absence;
    try {
      return await receive(shell, commandId, signal, timeoutMs);
    } catch (error) {
      if (signal.aborted) throw error;
      if (isDisconnected(error) || departures !== absence.departures) rejoined += 1;
      else if (isAnswerLost(error)) lost += 1;
      // That a command is gone because its end was in a lost answer tells less than why that was lost.
      else throw first !== null && isGone(error) ? first : error;
      first ??= error;
      if (lost >= mostLostInARow || rejoined > mostLostInARow) throw error;
      shell.psrp.answerLost(commandId);
      if (lost > 0) onLost?.();
      if (rejoined > 0) await rejoin({ shell, absence }, commandId, signal);
    }
  }
}

async function rejoin(
  { shell, absence }: Receiving,
  commandId: string | null,
  signal: AbortSignal,
): Promise<void> {
  if (absence.end === null) await reconnectIfDisconnected(shell, signal);
  else if ((await untilAborted(absence.end, signal)) !== "back") return;
  if (commandId === null) return;
  const parts = { shellId: shell.shellId, commandId };
  await exchangeTwice(shell.lines, "main", () => connectCommand(shell.context, parts), signal);
}

const isGone = (error: unknown): boolean => error instanceof WsmanFaultError && saysGone(error.fault);

const isDisconnected = (error: unknown): boolean =>
  error instanceof WsmanFaultError && saysDisconnected(error.fault);
