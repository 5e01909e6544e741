import { randomFrom } from "../model/random.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import { say } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";

/** The pair that unlocks a privileged endpoint; both share the tokens that were given out. */
export function supportSessionCommands(context: CommandContext): readonly StampCommand[] {
  const given = new Map<string, string>();
  const asker = (invocation: Invocation): string => `${invocation.endpoint}\n${invocation.account}`;
  return [
    {
      name: "Get-SupportSessionToken",
      kind: "Function",
      module: "Microsoft.AzureStack.PrivilegedEndpointSecurity",
      parameters: [{ name: "AsJob", type: "Switch" }],
      async *run(invocation) {
        const { seed, asOf } = context.model.state();
        const token = `PRACTICE${randomFrom(seed, "token", asOf, asker(invocation)).hex(600)}`;
        given.set(asker(invocation), token);
        yield token;
      },
    },
    {
      name: "Unlock-SupportSession",
      kind: "Function",
      module: "Microsoft.AzureStack.PrivilegedEndpointSecurity",
      parameters: [
        { name: "ResponseToken", type: "Object", mandatory: true, position: 0 },
        { name: "AsJob", type: "Switch" },
      ],
      async *run(invocation) {
        const request = given.get(asker(invocation));
        const response = invocation.parameters.get("ResponseToken");
        if (request === undefined || response !== responseTo(request)) throw notAccepted();
        given.delete(asker(invocation));
        yield* say(
          "PRACTICE: this session is unlocked for 8 hours. It can do no more than before.",
          invocation.voice,
          context.switches(),
        );
      },
    },
  ];
}

/** The answer that the vendor would give; here anybody can work it out, since it opens nothing. */
export function responseTo(requestToken: string): string {
  return `PRACTICE-UNLOCK-${requestToken.slice(-16)}`;
}

function notAccepted(): CommandError {
  return new CommandError("PRACTICE: the response token does not belong to a request of this session.", {
    errorId: "SupportSessionTokenNotAccepted,Unlock-SupportSession",
    category: 28,
  });
}
