import { userInfo } from "node:os";
import type { HostDescription } from "#contract";

/** The version of the product; a test holds it equal to package.json's. */
export const version = "0.1.0";

/** What a host can do, as the page asks for it. */
export function describeHost(host: HostDescription["host"]): HostDescription {
  return {
    host,
    version,
    canSaveFile: host !== "cli",
    // Permissions are denied on the desktop and never asked for in a browser.
    canNotify: false,
    canOpenExternal: host === "serve",
    canPractise: true,
    suggestedOperator: systemName(),
  };
}

function systemName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry (a container's arbitrary uid) has no name.
    return "";
  }
}
