import { once } from "node:events";
import type { Invocation } from "../stampCommand.ts";
import { instanceAsked } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";

/** On a node that never had remote support WinRM restarts twice; the third run goes through (domain.md 4.2). */
const restarts = 2;

/** Called between the Yes and the grant: where the switch says so, WinRM restarts under the first runs and ends them. */
export function createFirstEnable(context: CommandContext): (invocation: Invocation) => Promise<void> {
  let done = 0;
  return async (invocation) => {
    if (context.switches().firstEnable === "stable" || done >= restarts) return;
    done += 1;
    context.restartEndpoint(instanceAsked(invocation));
    if (!invocation.signal.aborted) await once(invocation.signal, "abort");
    invocation.signal.throwIfAborted();
  };
}
