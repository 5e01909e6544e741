/* What the reading commands of a product print, as far as it is known or assumed: data, read by those who read records. */

/** The commands whose answers are read; what none of their lines and records explains is not understood. */
export const readingCommands = ["Get-RemoteSupportAccess", "Get-RemoteSupportSessionHistory"] as const;
export type ReadingCommand = (typeof readingCommands)[number];

export const grantFields = [
  "state",
  "level",
  "createdAt",
  "updatedAt",
  "expiresAt",
  "connectionStatus",
  "connectionError",
  "targetService",
  "credential",
] as const;
export type GrantField = (typeof grantFields)[number];

export const sessionFields = [
  "id",
  "level",
  "startedAt",
  "endedAt",
  "remoteApplication",
  "transcriptPath",
  "transcript",
] as const;
export type SessionField = (typeof sessionFields)[number];

/** Names are compared without case, words too; the first name that an object has is the one that counts. */
export type Shapes = {
  /** The property names that a grant may have for each field. */
  readonly grant: Readonly<Record<GrantField, readonly string[]>>;
  /** The same for a session. */
  readonly session: Readonly<Record<SessionField, readonly string[]>>;
  /** Names of the other kind of record that one may carry without being a mixture that nobody understands. */
  readonly mayCarry: Readonly<Record<"grant" | "session", readonly string[]>>;
  /** Properties that hold the records themselves: what stands beside them is wrapping. */
  readonly wrappers: readonly string[];
  /** Words of a grant's state: in force, and such as cannot mean "in force". Any other word decides nothing. */
  readonly state: Readonly<Record<"active" | "over", readonly string[]>>;
  /** All spellings of the two levels; white space in them counts for nothing. */
  readonly level: Readonly<Record<"Diagnostics" | "DiagnosticsRepair", readonly string[]>>;
  /**
   * Whole lines that say nothing about any record. `{number}` stands for digits, `{boolean}` for True or False,
   * `{module}` for the name of a module with a point in it.
   */
  readonly harmlessLines: Readonly<Record<ReadingCommand, readonly string[]>>;
};

/** The shapes that are in force, and in a sentence why corrections are not among them; null where they are. */
export type ShapesInForce = { readonly shapes: Shapes; readonly trouble: string | null };
