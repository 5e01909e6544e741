import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { AccessReading } from "../../services/ports.ts";
import type { GrantReading } from "../records/readGrant.ts";
import { readGrants } from "../records/readGrants.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Get-RemoteSupportAccess";

/** Grants in force, or with -IncludeExpired also those of the last 30 days. */
export function getRemoteSupportAccess(includeExpired: boolean): ClientCommand {
  return command(name, { IncludeExpired: includeExpired ? true : undefined });
}

/** Throws ConsoleError where the endpoint had an error: a list with a gap would be read as a closed door. */
export function readAccessList(
  invoked: Invoked,
  reading: Omit<GrantReading, "order">,
  place: string,
): AccessReading {
  demandAccepted(invoked, name, place);
  return readGrants(invoked, reading);
}
