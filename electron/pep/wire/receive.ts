import { receiveOutput } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import type { ClientShell } from "./clientShell.ts";
import { demandOwn } from "./demandOwn.ts";
import { exchange, operationTimeouts, WsmanFaultError } from "./exchange.ts";
import { silentAnswer, type ReceivedAnswer } from "./receivedAnswer.ts";

/** One Receive for the pool (null) or a command; silence until the operation's time is over gives no events. */
export async function receive(
  shell: ClientShell,
  commandId: string | null,
  signal: AbortSignal,
  timeoutMs: number = operationTimeouts.receive,
): Promise<ReceivedAnswer> {
  const request = receiveOutput(shell.context, { shellId: shell.shellId, commandId, timeoutMs });
  shell.receiving += 1;
  try {
    return received(shell, commandId, await exchange(shell.lines, "main", request, signal, { timeoutMs }));
  } catch (error) {
    if (error instanceof WsmanFaultError && error.timedOut) return silentAnswer;
    throw error;
  } finally {
    shell.receiving -= 1;
  }
}

/** Reads what a Receive brought. Throws WsmanError where it is for another one. */
export function received(
  shell: ClientShell,
  commandId: string | null,
  answer: WsmanResponse,
): ReceivedAnswer {
  shell.silence.broken();
  if (answer.type !== "received") return silentAnswer;
  demandOwn(answer, commandId);
  const events = answer.streams.flatMap(({ bytes }) => shell.psrp.receive(commandId, bytes));
  const bytes = answer.streams.reduce((sum, stream) => sum + stream.bytes.length, 0);
  return { events, done: answer.commandState?.state === "done", bytes };
}
