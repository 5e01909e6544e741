import type { Grant } from "#contract";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import { readGrant } from "../records/readGrant.ts";
import { separate } from "../records/separate.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Get-RemoteSupportAccess";

/** Grants in force, or with -IncludeExpired also those of the last 30 days. */
export function getRemoteSupportAccess(includeExpired: boolean): ClientCommand {
  return command(name, { IncludeExpired: includeExpired ? true : undefined });
}

/** Throws ConsoleError where the endpoint had an error: a list with a gap would be read as a closed door. */
export function readAccessList(invoked: Invoked, now: Date, place: string): readonly Grant[] {
  demandAccepted(invoked, name, place);
  return separate(invoked.output).objects.flatMap((object) => readGrant(object, now) ?? []);
}
