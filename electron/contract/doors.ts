import { z } from "zod";
import { endpointReadingShape } from "./endpointReading.ts";
import { grantShape } from "./grantShape.ts";
import { sessionShape } from "./sessionShape.ts";
import { failureShape, isoTime } from "./shapes.ts";

export const doorStates = [
  "closed",
  "opening",
  "open",
  "inside",
  "closing",
  "notConfirmed",
  "unknown",
] as const;

/** An open door that was known before, where it cannot be read now. */
export const lastKnownShape = z.strictObject({
  /** Who opened it; null where this console did not. */
  operator: z.string().nullable(),
  /** When it was known. */
  at: isoTime,
  until: isoTime.nullable(),
  /** False where a grant was asked for and what came of it was never read. */
  certain: z.boolean(),
});
export type LastKnown = z.infer<typeof lastKnownShape>;

/**
 * The state of a target in one word, and what it rests on.
 * closed: no active grant, by a reading not older than two refresh intervals, understood whole, of every endpoint that
 * may hold one. opening: a grant was asked for, what came of it is not yet read. open: a grant is active. inside: a
 * session is running. closing: revoke asked, not yet confirmed. notConfirmed: revoke asked, proof did not come.
 * unknown: the last good reading is too old, lacks an endpoint, was not understood, or endpoints disagree.
 */
export const doorShape = z.strictObject({
  state: z.enum(doorStates),
  grant: grantShape.nullable(),
  sessionsInside: z.array(sessionShape).readonly(),
  answeredBy: z.string().nullable(),
  answeredAt: isoTime.nullable(),
  /** What each endpoint of the target showed when it was asked last. */
  endpoints: z.array(endpointReadingShape).readonly(),
  lastKnown: lastKnownShape.nullable(),
  /** How far the device's clock is ahead of the console's, in milliseconds; null where it was not measured. */
  deviceAheadMs: z.int().nullable(),
  trouble: failureShape.nullable(),
});
export type Door = z.infer<typeof doorShape>;
