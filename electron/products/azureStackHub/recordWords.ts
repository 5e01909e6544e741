import { from, type Sourced } from "../sourced.ts";
import { azureLocal, guessed, hubArticle, resourceManager, stackEdge } from "./sources.ts";

/**
 * `over` has only words that cannot mean "in force". Not among them: Inactive (nobody may have come in yet), None,
 * Closed and Denied (each may be said of the connection).
 */
export const stateWords: Readonly<Record<"active" | "over", readonly Sourced[]>> = {
  active: from(azureLocal, "Active"),
  over: [
    ...from(resourceManager, "Expired"),
    ...from(guessed, "Revoked", "Disabled", "Terminated", "Ended", "Cancelled", "Canceled"),
  ],
};

export const levelWords: Readonly<Record<"Diagnostics" | "DiagnosticsRepair", readonly Sourced[]>> = {
  Diagnostics: [...from(hubArticle, "Diagnostics"), ...from(stackEdge, "ReadOnly")],
  DiagnosticsRepair: [
    ...from(hubArticle, "DiagnosticsRepair"),
    ...from(resourceManager, "DiagnosticsAndRepair"),
    ...from(stackEdge, "ReadWrite"),
  ],
};
