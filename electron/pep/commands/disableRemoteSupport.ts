import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { SaidLines } from "../../services/ports.ts";
import { separate } from "../records/separate.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Disable-RemoteSupport";

/** Ends every grant and with it every session. It has no parameters. */
export const disableRemoteSupport: ClientCommand = command(name);

/** What the endpoint said. Throws ConsoleError where it refused. */
export function readDisableEnd(invoked: Invoked, place: string): SaidLines {
  demandAccepted(invoked, name, place);
  return [...invoked.said, ...separate(invoked.output).lines];
}
