import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ServedShell } from "../../protocol/wsman/writeAnswer.ts";
import type { StampCommand } from "../stampCommand.ts";
import type { EndpointClock, EndpointSwitches } from "./endpointOptions.ts";

export type ShellFacts = Pick<
  ServedShell,
  "shellId" | "name" | "resourceUri" | "owner" | "clientIp" | "processId" | "idleTimeoutMs"
>;

export type ShellSurroundings = {
  readonly endpoint: string;
  readonly commands: () => readonly StampCommand[];
  readonly switches: () => EndpointSwitches;
  readonly privateData: (protocolVersion: string) => ClixmlValue;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly clock: EndpointClock;
  readonly today: () => Date;
  readonly commandsPerShell: number;
  readonly onRun: (name: string) => void;
};
