import { booleanOf, entry, integerOf, property } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { members } from "./objects.ts";

/** What the peer's host offers ([MS-PSRP] 2.2.3.14). */
export type HostInfo = {
  readonly isHostNull: boolean;
  readonly isUserInterfaceNull: boolean;
  readonly isRawInterfaceNull: boolean;
  readonly useRunspaceHost: boolean;
  /** Characters in a line of its buffer, where it told a number that can be one (-1 is told as well [R7]). */
  readonly width?: number;
};

/** A host with a user interface and no raw one: without it nobody can be asked for consent. */
export const askingHost: HostInfo = {
  isHostNull: false,
  isUserInterfaceNull: false,
  isRawInterfaceNull: true,
  useRunspaceHost: false,
};

const bufferSize = 5;

/** As it travels in INIT_RUNSPACEPOOL and CREATE_PIPELINE. */
export function writeHostInfo(host: HostInfo): ClixmlValue {
  return members({
    _isHostNull: host.isHostNull,
    _isHostUINull: host.isUserInterfaceNull,
    _isHostRawUINull: host.isRawInterfaceNull,
    _useRunspaceHost: host.useRunspaceHost,
  });
}

/** Members that are missing count as "no host": nobody is asked who did not say that he can be. */
export function readHostInfo(value: ClixmlValue | undefined): HostInfo {
  const flag = (name: string, otherwise: boolean): boolean =>
    booleanOf(property(value ?? null, name)) ?? otherwise;
  const data = property(property(value ?? null, "_hostDefaultData"), "data");
  const width = integerOf(property(property(entry(data, bufferSize), "V"), "width"));
  return {
    ...(width !== null && width > 0 ? { width } : {}),
    isHostNull: flag("_isHostNull", true),
    isUserInterfaceNull: flag("_isHostUINull", true),
    isRawInterfaceNull: flag("_isHostRawUINull", true),
    useRunspaceHost: flag("_useRunspaceHost", false),
  };
}

/** True when the host can be asked for input ([MS-PSRP] 2.2.3.14). */
export function hasUserInterface(host: HostInfo): boolean {
  return !host.isHostNull && !host.isUserInterfaceNull;
}
