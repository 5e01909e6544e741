import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { StampSession, StampState } from "../model/stampState.ts";
import { listedSessions } from "../model/views.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import { say, viewAsked } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";
import { printedSession, printedSessionId } from "./sessionObject.ts";

const day = 86_400_000;
const usualDays = 7;

/** Lists sessions since -FromDate (else of the last seven days), or the one of -SessionId whenever it was. */
export function getRemoteSupportSessionHistory(context: CommandContext): StampCommand {
  return {
    name: "Get-RemoteSupportSessionHistory",
    kind: "Function",
    module: "Microsoft.AzureStack.RemoteSupport",
    parameters: [
      { name: "SessionId", type: "String", position: 0 },
      { name: "FromDate", type: "DateTime", position: 1 },
      { name: "IncludeSessionTranscript", type: "Switch" },
    ],
    run: (invocation) => run(context, invocation),
  };
}

async function* run(context: CommandContext, invocation: Invocation): AsyncGenerator<ClixmlValue> {
  const switches = context.switches();
  const withTranscript = invocation.parameters.get("IncludeSessionTranscript") === true;
  const state = context.model.state();
  const from = fromAsked(invocation, state.asOf);
  const days = Math.max(0, Math.ceil((state.asOf - from) / day));
  const sessionId = invocation.parameters.get("SessionId");
  const isOne = typeof sessionId === "string" && sessionId !== "";
  if (!isOne) yield* say(`Listing Session History for last '${days}' days.`, invocation.voice, switches);
  const view = viewAsked(invocation, switches);
  const sessions = isOne
    ? listedSessions(state, view, 0).filter((session) => isOf(session, sessionId, switches))
    : listedSessions(state, view, from);
  if (sessions.length === 0 && isOne && switches.unknownSession === "error")
    invocation.voice.error(noSession(sessionId));
  else if (sessions.length === 0) yield* say("No remote support session exists.", invocation.voice, switches);
  yield* printed(sessions, state, withTranscript, context, invocation.signal);
}

function fromAsked(invocation: Invocation, now: number): number {
  const from = invocation.parameters.get("FromDate");
  return from instanceof Date ? from.getTime() : now - usualDays * day;
}

/** Ids are compared as texts, without case, as they are printed. */
function isOf(session: StampSession, id: string, switches: StampSwitches): boolean {
  return printedSessionId(session, switches).toLowerCase() === id.trim().toLowerCase();
}

function* printed(
  sessions: readonly StampSession[],
  state: StampState,
  withTranscript: boolean,
  context: CommandContext,
  signal: AbortSignal,
): Generator<ClixmlValue> {
  for (const session of sessions) {
    signal.throwIfAborted();
    yield* printedSession(session, state.asOf, withTranscript, context.switches());
  }
}

function noSession(id: string): CommandError {
  return new CommandError(`PRACTICE: there is no remote support session ${id}.`, {
    errorId: "RemoteSupportSessionNotFound,Get-RemoteSupportSessionHistory",
    category: 13,
  });
}
