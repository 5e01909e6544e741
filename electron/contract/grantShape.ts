import { z } from "zod";
import { isoTime, levelShape, otherFieldsShape } from "./shapes.ts";

/** What this console recorded when it opened the grant; the endpoint knows none of it. */
export const grantRecordShape = z.strictObject({
  receiptId: z.string(),
  operator: z.string(),
  reason: z.string(),
  caseNumber: z.string(),
});

/** One act of this console that made a grant what it is: its opening, or a change of its level or time. */
export const grantActShape = z.strictObject({
  ...grantRecordShape.shape,
  /** When the endpoint had made it so, by the device's clock where it printed a time. */
  at: isoTime,
  level: levelShape,
  minutes: z.int(),
});
export type GrantAct = z.infer<typeof grantActShape>;

/** A consent in force or past, as an endpoint listed it. Property names are assumed from the product family. */
export const grantShape = z.strictObject({
  key: z.string(),
  /** As printed: `Active`, `Expired`, or a word we do not know. */
  state: z.string(),
  active: z.boolean(),
  level: levelShape.nullable(),
  levelAsPrinted: z.string(),
  createdAt: isoTime.nullable(),
  updatedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
  connectionStatus: z.string().nullable(),
  connectionError: z.string().nullable(),
  targetService: z.string().nullable(),
  other: otherFieldsShape,
  /** The newest of `acts`. */
  record: grantRecordShape.nullable(),
  /** Oldest first. */
  acts: z.array(grantActShape).readonly(),
  /** The endpoints that show it. */
  shownBy: z.array(z.string()).readonly(),
});
export type Grant = z.infer<typeof grantShape>;
