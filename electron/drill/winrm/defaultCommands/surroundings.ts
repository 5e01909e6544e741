import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { StampCommand } from "../../stampCommand.ts";

/** What the default commands see of the session they run in. */
export type Surroundings = {
  /** All commands of the session, these included. */
  readonly all: () => readonly StampCommand[];
  readonly hasInterface: boolean;
  /** The host has a raw interface as well: a cursor and cells. */
  readonly hasScreen: boolean;
  /** Characters in a line of the host; null where it did not say. */
  readonly width: number | null;
  /** Calls a host method without result. */
  readonly tellHost: (method: number, parameters: readonly ClixmlValue[]) => void;
};
