import { ConsoleError } from "#contract";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { StampFacts } from "../../services/ports.ts";
import { readStampFacts } from "../records/readStampFacts.ts";
import { separate } from "../records/separate.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { command } from "./command.ts";
import { demandAccepted } from "./refusals.ts";

const name = "Get-AzureStackStampInformation";

/** Starts an action plan on the stamp, so it may be slow. */
export const getAzureStackStampInformation: ClientCommand = command(name);

export function readStampInformation(invoked: Invoked, place: string): StampFacts {
  demandAccepted(invoked, name, place);
  const [object] = separate(invoked.output).objects;
  if (object === undefined) throw new ConsoleError("badAnswer", `${place} printed no stamp information.`);
  return readStampFacts(object);
}
