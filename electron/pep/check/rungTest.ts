import { ConsoleError, type Rung } from "#contract";
import { TransportError } from "../../transport/winrmConnection.ts";

/** What a step found: in words, and what to do about it where something is to be done. */
export type RungFact = {
  readonly state: "passed" | "warned" | "failed" | "notTested";
  readonly found: string;
  readonly fix: string | null;
  /** What the endpoint printed, secrets hidden, where that helps a support case. */
  readonly printed?: string;
  /** False where the steps behind a failed one can be tried all the same. */
  readonly blocks?: false;
};

/** One step of the connection check. A step that throws has failed, with the error's words. */
export type RungTest = {
  readonly step: Rung["step"];
  readonly test: (signal: AbortSignal) => Promise<RungFact>;
};

export function passed(found: string): RungFact {
  return { state: "passed", found, fix: null };
}

/** The fact an error amounts to. Ours say first what happened and then, from the second sentence on, what to do. */
export function failedBy(error: unknown): RungFact {
  const message = error instanceof Error ? error.message : "The step failed without a reason.";
  const end = isOurs(error) ? message.indexOf(". ") : -1;
  const advice = end < 0 ? "" : message.slice(end + 2);
  // What the endpoint said is no advice of ours.
  if (advice === "" || advice.startsWith("Its own words"))
    return {
      state: "failed",
      found: message,
      fix: "Try again; keep this check for a support case if it stays.",
    };
  return { state: "failed", found: message.slice(0, end + 1), fix: advice };
}

export function isSignInRefused(error: unknown): error is TransportError | ConsoleError {
  return isOurs(error) && error.code === "signInRefused";
}

function isOurs(error: unknown): error is TransportError | ConsoleError {
  return error instanceof TransportError || error instanceof ConsoleError;
}
