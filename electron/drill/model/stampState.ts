/** Milliseconds since 1970 in UTC. The model never asks a clock: every act is told when it happens. */
export type Instant = number;

export type Level = "Diagnostics" | "DiagnosticsRepair";

/** Which of the three instances, 0 to 2. */
export type Instance = 0 | 1 | 2;

/** A consent, in force or past. */
export type StampGrant = {
  readonly id: string;
  readonly level: Level;
  /** Who enabled it, DOMAIN\user. */
  readonly account: string;
  /** The instance that was asked. */
  readonly instance: Instance;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly expiresAt: Instant;
  /** When it stopped being in force, null while it is. */
  readonly ended: { readonly at: Instant; readonly because: "revoked" | "expired" } | null;
  /** Sessions under it may not last longer; after a revoke this comes nearer. */
  readonly sessionsEndBy: Instant;
};

/** How an engineer works: keeps to the case, or strays from it. */
export type Manner = "careful" | "careless";

/** One visit of the engineer. Its operations and transcript follow from these facts alone. */
export type StampSession = {
  readonly id: string;
  readonly grantId: string;
  readonly instance: Instance;
  readonly level: Level;
  readonly manner: Manner;
  /** The seed of its storyline. */
  readonly seed: number;
  /** How many times faster than a real visit it runs. */
  readonly pace: number;
  readonly startedAt: Instant;
  /** When the engineer leaves by himself. */
  readonly leavesAt: Instant;
  readonly ended: { readonly at: Instant; readonly because: "left" | "revoked" | "expired" } | null;
};

/** The engineer while nobody is inside: when he comes next, and how often he still means to come. */
export type EngineerPlan = { readonly nextVisitAt: Instant | null; readonly visitsLeft: number };

/** Everything the practice stamp remembers; plain data, so that it can be kept as JSON. */
export type StampState = {
  readonly format: 1;
  readonly seed: number;
  /** Counts the things that were drawn by chance, so that each is drawn only once. */
  readonly drawn: number;
  /** Up to when this state is worked out. */
  readonly asOf: Instant;
  /** Oldest first. */
  readonly grants: readonly StampGrant[];
  /** Oldest first. */
  readonly sessions: readonly StampSession[];
  readonly engineer: EngineerPlan;
};
