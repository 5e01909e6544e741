import { once } from "node:events";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import { instanceAsked, say } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";

/** Shuts the door. It prints two lines and no object: what it did shows only a fresh reading. */
export function disableRemoteSupport(context: CommandContext): StampCommand {
  return {
    name: "Disable-RemoteSupport",
    kind: "Function",
    module: "Microsoft.AzureStack.RemoteSupport",
    parameters: [],
    run: (invocation) => run(context, invocation),
  };
}

async function* run(context: CommandContext, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const switches = context.switches();
  invocation.signal.throwIfAborted();
  if (switches.revoke === "hangs") await once(invocation.signal, "abort");
  invocation.signal.throwIfAborted();
  const ended = context.model.disable(instanceAsked(invocation));
  if (ended === 0 && switches.revokeNothing === "error") throw nothingToDisable();
  if (ended === 0 && switches.revokeNothing === "nothing") return;
  yield* say("Disabling Remote Support.", invocation.voice, switches);
  yield* say("Remote Support successfully Disabled.", invocation.voice, switches);
}

function nothingToDisable(): CommandError {
  return new CommandError("PRACTICE: there is no remote support access to disable.", {
    errorId: "RemoteSupportNotEnabled,Disable-RemoteSupport",
    category: 13,
  });
}
