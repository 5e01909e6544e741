import { enumValue } from "../clixml/build.ts";
import { integerOf, property } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { readHostInfo, writeHostInfo } from "./hostInfo.ts";
import type { HostInfo } from "./hostInfo.ts";
import { members } from "./objects.ts";
import { PsrpError } from "./psrpError.ts";

/** INIT_RUNSPACEPOOL ([MS-PSRP] 2.2.2.2). */
export type PoolDescription = {
  readonly minRunspaces: number;
  readonly maxRunspaces: number;
  readonly host: HostInfo;
  readonly applicationArguments: ClixmlValue;
};

const threadOptions = enumValue("System.Management.Automation.Runspaces.PSThreadOptions", "Default", 0);
export const apartmentState = enumValue(
  "System.Management.Automation.Runspaces.ApartmentState",
  "UNKNOWN",
  2,
);

export function writePoolDescription(pool: PoolDescription): ClixmlValue {
  return members({
    MinRunspaces: pool.minRunspaces,
    MaxRunspaces: pool.maxRunspaces,
    PSThreadOptions: threadOptions,
    ApartmentState: apartmentState,
    HostInfo: writeHostInfo(pool.host),
    ApplicationArguments: pool.applicationArguments,
  });
}

/** Reads by name, in any order. A missing ApplicationArguments member is an error as it is on Windows; Nil is fine. */
export function readPoolDescription(value: ClixmlValue): PoolDescription {
  const minRunspaces = integerOf(property(value, "MinRunspaces"));
  const maxRunspaces = integerOf(property(value, "MaxRunspaces"));
  const applicationArguments = property(value, "ApplicationArguments");
  if (applicationArguments === undefined)
    throw new PsrpError("badMessage", "Remoting data is missing ApplicationArguments property.");
  if (minRunspaces === null || maxRunspaces === null || minRunspaces < 1 || maxRunspaces < minRunspaces)
    throw new PsrpError("badMessage", "The pool sizes are not valid.");
  return {
    minRunspaces,
    maxRunspaces,
    host: readHostInfo(property(value, "HostInfo")),
    applicationArguments,
  };
}
