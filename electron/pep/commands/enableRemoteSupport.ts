import { ConsoleError } from "#contract";
import type { Level } from "#contract";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { EnableEnd } from "../../services/ports.ts";
import type { GrantReading } from "../records/readGrant.ts";
import { readGrants } from "../records/readGrants.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { commandMissing } from "./commandMissing.ts";
import { hasParameter } from "./getCommand.ts";
import type { OfferedCommands } from "./getCommand.ts";
import { refusalOf } from "./refusals.ts";

export const enableName = "Enable-RemoteSupport";

const minutesInDay = 1_440;

/**
 * The command with the parameters that this endpoint has. The published form takes minutes, the preview of 2021 took
 * days; consent is never given by a parameter, only by a person.
 */
export function enableRemoteSupport(
  request: { readonly level: Level; readonly minutes: number },
  offered: OfferedCommands,
  place: string,
): ClientCommand {
  const has = (parameter: string): boolean =>
    hasParameter(offered, enableName, parameter) ?? parameter !== "ExpireInDays";
  if (!offered.has(enableName.toLowerCase())) throw commandMissing(enableName, place);
  if (!has("AccessLevel"))
    throw new ConsoleError(
      "refused",
      `${place} has an ${enableName} without -AccessLevel, which we do not know how to use.`,
    );
  if (has("ExpireInMinutes"))
    return command(enableName, { AccessLevel: request.level, ExpireInMinutes: request.minutes });
  if (!has("ExpireInDays"))
    throw new ConsoleError("refused", `${place} has an ${enableName} that takes no duration that we know.`);
  if (request.minutes % minutesInDay !== 0)
    throw new ConsoleError(
      "invalidInput",
      `${place} takes whole days only. Choose a multiple of ${minutesInDay} minutes.`,
    );
  return command(enableName, { AccessLevel: request.level, ExpireInDays: request.minutes / minutesInDay });
}

/** Throws ConsoleError where the endpoint refused. After a No its errors are no news; a printed grant outweighs them. */
export function readEnableEnd(
  invoked: Invoked,
  reading: Omit<GrantReading, "order" | "includeExpired">,
  place: string,
): EnableEnd {
  const printed = readGrants(invoked, { ...reading, includeExpired: false }).grants[0] ?? null;
  const refusal = refusalOf(invoked, enableName, place);
  if (refusal !== null && invoked.answer !== "no" && (invoked.end === "failed" || printed === null))
    throw refusal;
  return { answer: invoked.answer, printed };
}
