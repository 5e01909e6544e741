import { setTimeout as wait } from "node:timers/promises";
import type { StampCommand } from "../stampCommand.ts";
import { closePrivilegedEndpoint } from "./closePrivilegedEndpoint.ts";
import type { CommandContext } from "./commandContext.ts";
import { disableRemoteSupport } from "./disableRemoteSupport.ts";
import { enableRemoteSupport } from "./enableRemoteSupport.ts";
import { createFirstEnable } from "./firstEnable.ts";
import { getAzureStackStampInformation } from "./getAzureStackStampInformation.ts";
import { getRemoteSupportAccess } from "./getRemoteSupportAccess.ts";
import { getRemoteSupportSessionHistory } from "./getRemoteSupportSessionHistory.ts";
import { getTlsPolicy } from "./getTlsPolicy.ts";
import { supportSessionCommands } from "./supportSession.ts";

/** Gives the commands of the stamp as the switches stand now; an old stamp has none for remote support. */
export function createStampCommands(context: CommandContext): () => readonly StampCommand[] {
  const supportSession = supportSessionCommands(context);
  const firstEnable = createFirstEnable(context);
  return () => {
    const { version, disable } = context.switches();
    const remoteSupport = [
      enableRemoteSupport(context, firstEnable),
      ...(disable === "missing" ? [] : [disableRemoteSupport(context)]),
      getRemoteSupportAccess(context),
      getRemoteSupportSessionHistory(context),
    ];
    const all = [
      getAzureStackStampInformation(context),
      closePrivilegedEndpoint(context),
      getTlsPolicy(),
      ...supportSession,
      ...(version === "old" ? [] : remoteSupport),
    ];
    return all.map((command) => slowed(command, context));
  };
}

/** The same command after the delay of the switch; a stop ends the wait. */
function slowed(command: StampCommand, context: CommandContext): StampCommand {
  return {
    ...command,
    async *run(invocation) {
      const { slowMilliseconds } = context.switches();
      if (slowMilliseconds > 0) await wait(slowMilliseconds, undefined, { signal: invocation.signal });
      yield* command.run(invocation);
    },
  };
}
