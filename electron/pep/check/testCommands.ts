import { enableName } from "../commands/enableRemoteSupport.ts";
import { hasParameter, type OfferedCommands } from "../commands/getCommand.ts";
import { type Conversation, neededCommands } from "../conversation.ts";
import { passed, type RungFact } from "./rungTest.ts";

const tooOld = "Remote support needs a stamp at 2102 with hotfix 1.2102.30.132 or later.";
const notOfItsRole =
  "The stamp has remote support: ask the endpoint's administrators why its role lacks a part of it, and use another endpoint.";

/** Whether remote support is there is told by its commands, not by a version number. */
export async function testCommands(conversation: Conversation, signal: AbortSignal): Promise<RungFact> {
  const offered = await conversation.offered(signal);
  const missing = neededCommands.filter((name) => !offered.has(name.toLowerCase()));
  if (missing.length > 0)
    return {
      state: "failed",
      found: `The endpoint does not list ${missing.join(", ")}.`,
      fix: `${missing.length === neededCommands.length ? tooOld : notOfItsRole} To look yourself: Get-Command *RemoteSupport*`,
    };
  const expiry = ["ExpireInMinutes", "ExpireInDays"].find(
    (name) => hasParameter(offered, enableName, name) === true,
  );
  const takes =
    expiry === undefined ? "its duration parameter could not be read" : `a duration is given as -${expiry}`;
  const each = neededCommands.map((name) => `${name}: ${parameterWords(offered, name)}`).join("; ");
  return passed(`All four remote-support commands are there; ${takes}. ${each}.`);
}

/** The common parameters are everywhere and tell nothing. */
const commonParameters: ReadonlySet<string> = new Set(
  "Verbose Debug ErrorAction WarningAction InformationAction ProgressAction ErrorVariable WarningVariable InformationVariable OutVariable OutBuffer PipelineVariable"
    .toLowerCase()
    .split(" "),
);
const mostNamed = 20;

function parameterWords(offered: OfferedCommands, name: string): string {
  const parameters = offered.get(name.toLowerCase())?.parameters ?? null;
  if (parameters === null) return "parameters could not be read";
  const own = parameters.filter((parameter) => !commonParameters.has(parameter.toLowerCase()));
  const named = own.slice(0, mostNamed).map((parameter) => `-${parameter.slice(0, 40)}`);
  return named.length === 0 ? "no parameters" : named.join(", ");
}
