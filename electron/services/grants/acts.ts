import type { RevokeProgress } from "#contract";
import type { Latest } from "../streams/latest.ts";

export type RunningOpen = {
  /** Stops the command. */
  readonly stop: AbortController;
  /** Ends the waiting for what became of it, once it was read. */
  readonly enough: AbortController;
  readonly done: Promise<void>;
};
export type RunningRevoke = { readonly progress: Latest<RevokeProgress>; readonly done: Promise<void> };

/** What is being done to which target right now: at most one opening and one revoke each. */
export type Acts = {
  readonly opens: Map<string, RunningOpen>;
  readonly revokes: Map<string, RunningRevoke>;
};

/** Nothing under way. */
export const createActs = (): Acts => ({ opens: new Map(), revokes: new Map() });
