import { z } from "zod";
import { failureShape, isoTime } from "./shapes.ts";
import { grantShape } from "./grantShape.ts";
import { sessionShape } from "./sessionShape.ts";

export const doorStates = ["closed", "open", "inside", "closing", "notConfirmed", "unknown"] as const;

/**
 * The state of a target in one word, and what it rests on.
 * closed: no active grant, by a reading not older than two refresh intervals. open: a grant is active. inside: a
 * session is running. closing: revoke asked, not yet confirmed. notConfirmed: revoke asked, proof did not come.
 * unknown: the last good reading is too old, there is none, or endpoints disagree.
 */
export const doorShape = z.strictObject({
  state: z.enum(doorStates),
  grant: grantShape.nullable(),
  sessionsInside: z.array(sessionShape).readonly(),
  answeredBy: z.string().nullable(),
  answeredAt: isoTime.nullable(),
  trouble: failureShape.nullable(),
});
export type Door = z.infer<typeof doorShape>;
