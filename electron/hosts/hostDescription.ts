import { userInfo } from "node:os";
import type { HostDescription } from "#contract";
import { describeShell } from "./describeShell.ts";

/** The version of the product; a test holds it equal to package.json's. */
export const version = "0.1.0";

/** What a host can do, as the page asks for it; the usual data folder is null. */
export function describeHost(host: HostDescription["host"], folder: string | null = null): HostDescription {
  return {
    host,
    version,
    canSaveFile: host !== "cli",
    // Permissions are denied on the desktop and never asked for in a browser.
    canNotify: false,
    canOpenExternal: host === "serve",
    canPractise: true,
    suggestedOperator: systemName(),
    shell: describeShell(folder),
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
