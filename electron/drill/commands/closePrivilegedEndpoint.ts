import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import { say } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";

/** Would move the endpoint's own transcripts to a share; the practice stamp has none and says so. */
export function closePrivilegedEndpoint(context: CommandContext): StampCommand {
  return {
    name: "Close-PrivilegedEndpoint",
    kind: "Function",
    module: "Microsoft.AzureStack.PrivilegedEndpoint",
    parameters: [
      { name: "TranscriptsPathDestination", type: "Object", position: 0 },
      { name: "Credential", type: "PSCredential", position: 1 },
      { name: "AsJob", type: "Switch" },
    ],
    run: (invocation) => run(context, invocation),
  };
}

async function* run(context: CommandContext, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const switches = context.switches();
  invocation.signal.throwIfAborted();
  const path = invocation.parameters.get("TranscriptsPathDestination");
  if (typeof path === "string")
    yield* say(`PRACTICE: nothing was moved to ${path}.`, invocation.voice, switches);
  yield* say("PRACTICE: the privileged endpoint session may be closed now.", invocation.voice, switches);
}
