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

/**
 * What a CONNECT_RUNSPACEPOOL says of sizes, which it need not ([MS-PSRP] 2.2.2.28). A server takes one that differs,
 * and refuses two ([P] ServerRemoteSession).
 */
export function demandSameSizes(
  value: ClixmlValue,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const wantedMin = integerOf(property(value, "MinRunspaces"));
  const wantedMax = integerOf(property(value, "MaxRunspaces"));
  if (wantedMin === null && wantedMax === null) return;
  if (wantedMin === null || wantedMax === null || wantedMin > wantedMax)
    throw new PsrpError("badMessage", "The pool sizes are not valid.");
  if (wantedMin !== min && wantedMax !== max)
    throw new PsrpError("otherSizes", "MinRunspaces and MaxRunspaces differ from those of the pool.");
}
