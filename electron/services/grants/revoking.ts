import type { EndpointReading, SentLine, Target } from "#contract";
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
  /** What left us, to the letter. */
  readonly sent: SentLine[];
  /** All that took the command, since the last opening was over. */
  readonly took: Set<string>;
  /** The first of all that took it; null while none did, and nothing was revoked. */
  endpoint: string | null;
  /** Those that have no such command: asking again does not heal that. */
  readonly unable: Set<string>;
  /** The newest round of readings. */
  readings: readonly EndpointReading[];
  /** Sessions without an end seen since the revoke began, and whether their end was seen. */
  readonly sessions: Map<string, "running" | "ended">;
};
