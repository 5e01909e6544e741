import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { listedGrants } from "../model/views.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import { say, viewAsked } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";
import { printedGrant } from "./grantObject.ts";

/** Lists the grants in force; with -IncludeExpired also those that ended in the last 30 days. */
export function getRemoteSupportAccess(context: CommandContext): StampCommand {
  return {
    name: "Get-RemoteSupportAccess",
    kind: "Function",
    module: "Microsoft.AzureStack.RemoteSupport",
    parameters: [{ name: "IncludeExpired", type: "Switch" }],
    run: (invocation) => run(context, invocation),
  };
}

async function* run(context: CommandContext, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const switches = context.switches();
  const includeExpired = invocation.parameters.get("IncludeExpired") === true;
  const flag = includeExpired ? "True" : "False";
  yield* say(
    `Retrieving Remote Support access. IncludeExpired is set to '${flag}'`,
    invocation.voice,
    switches,
  );
  const state = context.model.state();
  for (const grant of listedGrants(state, viewAsked(invocation, switches), includeExpired)) {
    yield* printedGrant(grant, state.asOf, switches);
  }
}
