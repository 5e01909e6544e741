import { z } from "zod";
import { endpointReadingShape } from "./endpointReading.ts";
import { factShape, isoTime, levelShape } from "./shapes.ts";

/** A cmdlet line that left this console, to the letter, and where it went. */
export const sentLineShape = z.strictObject({ endpoint: z.string(), at: isoTime, line: z.string() });
export type SentLine = z.infer<typeof sentLineShape>;

/** By these a grant finds its acts. Times are the device's. */
export const grantIdentityShape = z.strictObject({
  key: z.string(),
  levelAsPrinted: z.string(),
  createdAt: isoTime.nullable(),
  updatedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
});
export type GrantIdentity = z.infer<typeof grantIdentityShape>;

/**
 * The proof of one act: what was asked, when, what the target answered, what a fresh reading showed. What is
 * optional is missing in receipts of earlier builds, which stay readable as they were hashed.
 */
export const receiptShape = z.strictObject({
  id: z.string(),
  act: z.enum(["grant", "revoke"]),
  targetId: z.string(),
  targetName: z.string(),
  practice: z.boolean(),
  /** The endpoint that took the command; null when none did. */
  endpoint: z.string().nullable(),
  operator: z.string(),
  account: z.string(),
  reason: z.string(),
  caseNumber: z.string(),
  level: levelShape.nullable(),
  minutes: z.int().nullable(),
  /** The exact cmdlet line that was sent first; null where nothing was sent. */
  command: z.string().nullable(),
  /** All that was sent, in order. */
  sent: z.array(sentLineShape).readonly().optional(),
  /** Caption, message and choices of the question as one text. */
  termsText: z.string().nullable(),
  termsSha256: z.string().nullable(),
  answer: z.enum(["yes", "no", "stopped", "notAsked"]),
  /** `terms` = the hash was agreed to beforehand (agreedTermsSha256); `person` = at the screen. */
  answeredBy: z.enum(["person", "terms"]).nullable(),
  startedAt: isoTime,
  finishedAt: isoTime,
  facts: z.array(factShape).readonly(),
  outcome: z.enum(["granted", "declined", "notGranted", "notKnown", "closed", "notConfirmed"]),
  /** In words: what the fresh reading showed. */
  stateAfter: z.string(),
  /** The grant that the reading showed. */
  grant: grantIdentityShape.nullable().optional(),
  /** What each endpoint showed. */
  readings: z.array(endpointReadingShape).readonly().optional(),
});
export type Receipt = z.infer<typeof receiptShape>;

/** One act as a history needs it: a receipt without its facts and terms. */
export const actShape = receiptShape.pick({
  id: true,
  act: true,
  operator: true,
  reason: true,
  caseNumber: true,
  level: true,
  minutes: true,
  startedAt: true,
  finishedAt: true,
  outcome: true,
});
export type Act = z.infer<typeof actShape>;
