import type { GrantProgress, GrantRequest, RevokeProgress } from "#contract";
import type { Latest } from "../streams/latest.ts";

export type RunningOpen = {
  readonly request: GrantRequest;
  readonly progress: Latest<GrantProgress>;
  /** Stops the command. */
  readonly stop: AbortController;
  /** Ends the waiting for what became of it, once it was read. */
  readonly enough: AbortController;
  readonly done: Promise<void>;
};
export type KnownRevoke = {
  readonly operator: string;
  readonly progress: Latest<RevokeProgress>;
  readonly done: Promise<void>;
  /** Ends what goes on after a revoke that was not confirmed. */
  readonly enough: AbortController;
};

/** What is being done to which target right now: at most one opening and one revoke each. */
export type Acts = {
  readonly opens: Map<string, RunningOpen>;
  /** Revokes that have not come to their end. */
  readonly revokes: Map<string, KnownRevoke>;
  /** The last revoke of each target, with its proof: whoever looks later sees it too. */
  readonly lastRevokes: Map<string, KnownRevoke>;
  /** Targets of which a reading is just being held against the ledger. */
  readonly resolving: Set<string>;
};

/** Nothing under way. */
export const createActs = (): Acts => ({
  opens: new Map(),
  revokes: new Map(),
  lastRevokes: new Map(),
  resolving: new Set(),
});

/** Whether a grant was asked for and what came of it is not yet told. */
export function isOpening({ opens }: Acts, targetId: string): boolean {
  const stage = opens.get(targetId)?.progress.current()?.stage;
  return stage === "asked" || stage === "question" || stage === "answered" || stage === "reading";
}
