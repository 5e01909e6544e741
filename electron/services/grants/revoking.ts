import type { EndpointReading, Target } from "#contract";
import type { DoingNow } from "../doing.ts";
import type { FactLog } from "../factLog.ts";

/** What is known of a revoke while it runs. */
export type Revoking = {
  readonly id: string;
  readonly target: Target;
  readonly operator: string;
  readonly reason: string;
  readonly startedAt: string;
  readonly facts: FactLog;
  readonly doing: DoingNow;
  /** The first endpoint that took the command; null while none did. */
  endpoint: string | null;
  /** All that took it. */
  readonly took: Set<string>;
  /** The newest round of readings. */
  readings: readonly EndpointReading[];
  /** Sessions without an end seen since the revoke began, and whether their end was seen. */
  readonly sessions: Map<string, "running" | "ended">;
};
