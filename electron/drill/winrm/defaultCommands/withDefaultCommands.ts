import type { StampCommand } from "../../stampCommand.ts";
import { getCommand } from "./getCommand.ts";
import { getHelp } from "./getHelp.ts";
import { measureObject } from "./measureObject.ts";
import { outDefault } from "./outDefault.ts";
import { selectObject } from "./selectObject.ts";
import { clearHost, exitPSSession, getFormatData } from "./smallCommands.ts";
import type { Surroundings } from "./surroundings.ts";

/** The session's commands: those of the stamp and the eight of every RestrictedRemoteServer session. */
export function withDefaultCommands(
  own: readonly StampCommand[],
  around: Omit<Surroundings, "all">,
): readonly StampCommand[] {
  const surroundings: Surroundings = { ...around, all: () => all };
  const all: readonly StampCommand[] = [
    ...own,
    clearHost(surroundings),
    exitPSSession(surroundings),
    getCommand(surroundings),
    getFormatData(),
    getHelp(surroundings),
    measureObject(),
    outDefault(surroundings),
    selectObject(),
  ];
  return all;
}
