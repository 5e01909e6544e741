import { ConsoleError } from "#contract";
import { WsmanFaultError } from "./exchange.ts";
import { faultError } from "./faultErrors.ts";
import { wireError } from "./transportErrors.ts";

/** Does something at an endpoint; what fails is told as an operator reads it, or as the reason of the signal. */
export async function translated<Result>(
  place: string,
  signal: AbortSignal,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ConsoleError) throw error;
    signal.throwIfAborted();
    throw error instanceof WsmanFaultError
      ? faultError(error.fault, place, error.found)
      : wireError(error, place);
  }
}
