import type { ReadingCommand } from "../shapes.ts";
import { from, type Sourced } from "../sourced.ts";
import { environmentChecker, stackHci } from "./sources.ts";

const loaded = from(stackHci, "{module} is loaded already ...");

export const harmlessLines: Readonly<Record<ReadingCommand, readonly Sourced[]>> = {
  "Get-RemoteSupportAccess": [
    ...loaded,
    ...from(
      stackHci,
      "Getting RemoteSupport Access on this node",
      "Retrieving Remote Support access. IncludeExpired is set to '{boolean}'",
    ),
    ...from(environmentChecker, "No remote support access exists."),
  ],
  "Get-RemoteSupportSessionHistory": [
    ...loaded,
    ...from(
      stackHci,
      "Listing Session History for last '{number}' days.",
      "No remote support session exists.",
    ),
  ],
};
