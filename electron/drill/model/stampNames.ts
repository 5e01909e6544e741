import type { Instance } from "./stampState.ts";

/** The NetBIOS domain of every practice stamp. */
export const stampDomain = "AZS";

/** The privileged endpoint's three machines. */
export const endpointNames = ["AZS-ERCS01", "AZS-ERCS02", "AZS-ERCS03"] as const;

/** The instance of that name (without case), null when there is none. */
export function instanceOf(endpointName: string): Instance | null {
  const index = endpointNames.findIndex((name) => name.toLowerCase() === endpointName.toLowerCase());
  return index === 0 || index === 1 || index === 2 ? index : null;
}
