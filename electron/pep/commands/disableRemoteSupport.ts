import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Disable-RemoteSupport";

/** Ends every grant and with it every session. It has no parameters. */
export const disableRemoteSupport: ClientCommand = command(name);

/** Throws ConsoleError where the endpoint refused. What it printed is no proof. */
export function demandDisabled(invoked: Invoked, place: string): void {
  demandAccepted(invoked, name, place);
}
